package message

import "crypto/x509"

// VerifyTree is the verifier that builds a tree: the reference.
func VerifyTree(raw []byte, certs []*x509.Certificate) error { return verifyTree(raw, certs) }

// SignedRoot says whether the root is verified without a tree.
func SignedRoot(raw []byte, certs []*x509.Certificate) bool {
	return len(signedIn(raw, certs, true)) > 0
}
