package forge

import (
	"crypto/rsa"

	"github.com/beevik/etree"
)

// Style is how a vendor writes its signatures.
type Style struct {
	Prefix    string // "ds" or "" for a default namespace
	Inclusive string // prefix list of ec:InclusiveNamespaces where the signed element has xsi:type values; "" never
	Wrap      int    // columns of the certificate's base64; 0 unwrapped
	SHA1      bool   // rsa-sha1 and sha1 digests
}

// Sign puts an enveloped signature over el behind its Issuer, in the given
// style. The element must carry an ID.
func Sign(el *etree.Element, key *rsa.PrivateKey, cert []byte, s Style) error { return nil }
