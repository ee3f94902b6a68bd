package message

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	_ "crypto/sha1" // weak algorithms are verified too: whether they may be used is a check's question
	_ "crypto/sha256"
	_ "crypto/sha512"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
)

// Errors of verification; compare with errors.Is.
var (
	ErrUnsigned     = errors.New("message: not signed")
	ErrBadSignature = errors.New("message: the signature does not verify with any of the given certificates")
	ErrNoKey        = errors.New("message: there is no certificate to verify with")
	ErrAlgorithm    = errors.New("message: the signature algorithm is not known here")
)

// hashOf names the hash of a signature algorithm URI.
func hashOf(alg string) (h crypto.Hash, ec bool) {
	name, ec := strings.CutPrefix(alg, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-")
	if !ec {
		if alg == "http://www.w3.org/2000/09/xmldsig#rsa-sha1" {
			return crypto.SHA1, false
		}
		name = strings.TrimPrefix(alg, "http://www.w3.org/2001/04/xmldsig-more#rsa-")
		if name == alg {
			return 0, false
		}
	}
	return map[string]crypto.Hash{
		"sha1": crypto.SHA1, "sha224": crypto.SHA224, "sha256": crypto.SHA256, "sha384": crypto.SHA384, "sha512": crypto.SHA512,
	}[name], ec
}

// VerifyRedirectSignature verifies the signature of an HTTP-Redirect query over
// its original octets (SAML Bindings 3.4.4.1: message, RelayState where there
// is one, SigAlg, in this order, in the sender's own percent-encoding). It
// returns the algorithm's URI. A certificate lends only its key: dates and
// issuers do not matter (SAML Metadata Interoperability Profile 2.6.1).
func VerifyRedirectSignature(rawQuery string, certs []*x509.Certificate) (alg string, err error) {
	q, err := parseQuery(rawQuery)
	if err != nil {
		return "", err
	}
	if q.value["Signature"] == "" {
		return "", ErrUnsigned
	}
	alg = q.value["SigAlg"]
	sig, err := decodeBase64(q.value["Signature"])
	if err != nil {
		return alg, fmt.Errorf("message: Signature: %w", err)
	}
	var parts []string
	for _, name := range []string{"SAMLRequest", "SAMLResponse", "RelayState", "SigAlg"} {
		if o, ok := q.octets[name]; ok {
			parts = append(parts, o)
		}
	}
	return alg, verifyBytes([]byte(strings.Join(parts, "&")), sig, alg, certs)
}

func verifyBytes(signed, sig []byte, alg string, certs []*x509.Certificate) error {
	h, ec := hashOf(alg)
	if h == 0 {
		return fmt.Errorf("%w: %q", ErrAlgorithm, alg)
	}
	if len(certs) == 0 {
		return ErrNoKey
	}
	d := h.New()
	d.Write(signed)
	sum := d.Sum(nil)
	for _, c := range certs {
		switch key := c.PublicKey.(type) {
		case *rsa.PublicKey:
			if !ec && rsa.VerifyPKCS1v15(key, h, sum, sig) == nil {
				return nil
			}
		case *ecdsa.PublicKey:
			if ec && verifyECDSA(key, sum, sig) {
				return nil
			}
		}
	}
	return ErrBadSignature
}

// verifyECDSA takes both forms that are met: r and s side by side, as XML
// Signature wants it, and ASN.1, as most libraries make it.
func verifyECDSA(key *ecdsa.PublicKey, sum, sig []byte) bool {
	n := (key.Curve.Params().BitSize + 7) / 8
	if len(sig) == 2*n && ecdsa.Verify(key, sum, new(big.Int).SetBytes(sig[:n]), new(big.Int).SetBytes(sig[n:])) {
		return true
	}
	return ecdsa.VerifyASN1(key, sum, sig)
}

// VerifyEnveloped verifies the enveloped signature over the root of an XML
// message or metadata document. As above, only the certificates' keys count,
// and KeyInfo is not looked at. Most are verified as Signed does it; what is
// written otherwise, or does not verify, as a tree, which says why.
func VerifyEnveloped(raw []byte, certs []*x509.Certificate) error {
	if len(signedIn(raw, certs, true)) > 0 {
		return nil
	}
	return verifyTree(raw, certs)
}

func verifyTree(raw []byte, certs []*x509.Certificate) error {
	t, err := ParseTree(raw)
	if err != nil {
		return err
	}
	sig := ReadSignature(t.Root)
	if sig == nil {
		return ErrUnsigned
	}
	if err := verifiable(sig); err != nil {
		return err
	}
	if len(certs) == 0 {
		return ErrNoKey
	}
	var last error
	for _, c := range certs {
		root := t.Root.Copy() // the verifier rearranges what it verifies
		el := Child(root, NSSignature, "Signature")
		for _, ki := range Children(el, NSSignature, "KeyInfo") {
			el.RemoveChild(ki) // outside of what is signed; it would name the key to use
		}
		if last = verifyWith(root, c); last == nil {
			return nil
		}
	}
	return fmt.Errorf("%w: %w", ErrBadSignature, last)
}

// verifiable tells what this library cannot verify from what is wrong.
func verifiable(s *Signature) error {
	if h, _ := hashOf(s.SignatureAlgorithm); h == 0 {
		return fmt.Errorf("%w: %q", ErrAlgorithm, s.SignatureAlgorithm)
	}
	switch s.DigestAlgorithm {
	case "http://www.w3.org/2000/09/xmldsig#sha1", "http://www.w3.org/2001/04/xmlenc#sha256",
		"http://www.w3.org/2001/04/xmldsig-more#sha384", "http://www.w3.org/2001/04/xmlenc#sha512":
	default:
		return fmt.Errorf("%w: digest %q", ErrAlgorithm, s.DigestAlgorithm)
	}
	switch s.Canonicalization {
	case "http://www.w3.org/2001/10/xml-exc-c14n#", "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
		"http://www.w3.org/2006/12/xml-c14n11", "http://www.w3.org/2006/12/xml-c14n11#WithComments",
		"http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments":
		return nil
	}
	return fmt.Errorf("%w: canonicalization %q", ErrAlgorithm, s.Canonicalization)
}

func verifyWith(root *etree.Element, c *x509.Certificate) (err error) {
	defer func() { // a stranger's signature must not be able to end the run
		if r := recover(); r != nil {
			err = fmt.Errorf("message: the verifier broke: %v", r)
		}
	}()
	dateless := *c // the verifier looks at dates, which do not matter
	dateless.NotBefore, dateless.NotAfter = time.Unix(0, 0), time.Unix(0, 0)
	ctx := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: []*x509.Certificate{&dateless}})
	ctx.IdAttribute = "ID"
	ctx.Clock = dsig.NewFakeClockAt(time.Unix(0, 0))
	_, err = ctx.Validate(root)
	return err
}
