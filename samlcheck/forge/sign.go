package forge

import (
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // SHA-1 is an option that administrators still have
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
)

const (
	excC14N      = "http://www.w3.org/2001/10/xml-exc-c14n#"
	enveloped    = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
	algRSASHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
	algRSASHA1   = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
	algSHA256    = "http://www.w3.org/2001/04/xmlenc#sha256"
	algSHA1      = "http://www.w3.org/2000/09/xmldsig#sha1"
)

// Style is how a vendor writes its signatures.
type Style struct {
	Prefix    string // "ds", or "" for a default namespace
	Inclusive string // prefix list of ec:InclusiveNamespaces where the signed element holds xsi:type values; "" never
	Wrap      int    // columns of the certificate's base64; 0 unwrapped
	SHA1      bool   // rsa-sha1 and sha1 digests
	Santuario bool   // encrypts as Apache Santuario does, see Encryption
}

// Sign puts an enveloped signature over el behind its Issuer, in the given
// style. The element must carry an ID; nothing else of it is changed. XML
// Signature 4.4, SAML Core 5.4.
func Sign(el *etree.Element, key *rsa.PrivateKey, cert []byte, s Style) error {
	if key == nil {
		return errors.New("forge: no key to sign with")
	}
	sig, err := lay(el, cert, s, s.DigestText)
	if err != nil {
		return err
	}
	value, err := s.sign(sig, key)
	if err != nil {
		return err
	}
	sig.FindElement("./SignatureValue").SetText(value)
	return nil
}

// Lay puts in the signature that Sign would, down to the digest, with a
// SignatureValue that comes from elsewhere: to compare with a recorded message,
// whose key is not here.
func Lay(el *etree.Element, cert []byte, s Style, value string) error {
	sig, err := lay(el, cert, s, s.DigestText)
	if err != nil {
		return err
	}
	sig.FindElement("./SignatureValue").SetText(value)
	return nil
}

// lay puts in the signature without its value. digest makes its DigestValue of the
// element's canonical form.
func lay(el *etree.Element, cert []byte, s Style, digest func(covered []byte) string) (*etree.Element, error) {
	id := el.SelectAttrValue("ID", el.SelectAttrValue("ResponseID", "")) // SAML 1.1 calls it so
	if id == "" {
		return nil, fmt.Errorf("forge: %s has no ID to sign", el.Tag)
	}
	prefixes := ""
	if s.Inclusive != "" && typed(el) {
		prefixes = s.Inclusive
	}
	text, err := covered(el, prefixes)
	if err != nil {
		return nil, err
	}
	sig := s.signature(id, prefixes, digest(text), cert)
	place(el, sig)
	return sig, nil
}

// typed says whether the element holds an attribute value with an xsi:type:
// its prefix stands in a value, so canonicalisation must be told to keep it.
func typed(el *etree.Element) bool {
	for _, a := range el.Attr {
		if a.Key == "type" && a.Space == "xsi" {
			return true
		}
	}
	for _, c := range el.ChildElements() {
		if typed(c) {
			return true
		}
	}
	return false
}

// Canonical is the exclusive canonical form of an element in its place
// (XML-exc-c14n), with the given inclusive prefixes. The element is
// not touched: goxmldsig's canonicaliser works on a copy, since it drops
// declarations that only attribute values use.
func Canonical(el *etree.Element, prefixes string) ([]byte, error) {
	alone, err := detached(el)
	if err != nil {
		return nil, err
	}
	out, err := dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList(prefixes).Canonicalize(alone)
	if err != nil {
		return nil, fmt.Errorf("forge: canonicalise: %w", err)
	}
	return out, nil
}

// Digest is the digest of an element as its enveloped signature covers it: in
// exclusive canonical form, without its own Signature child.
func Digest(el *etree.Element, prefixes string, sha1 bool) ([]byte, error) {
	text, err := covered(el, prefixes)
	if err != nil {
		return nil, err
	}
	return Style{SHA1: sha1}.hash(text), nil
}

// covered is what an enveloped signature covers of el, in canonical form.
func covered(el *etree.Element, prefixes string) ([]byte, error) {
	bare, err := detached(el)
	if err != nil {
		return nil, err
	}
	for _, c := range childrenOf(bare, nsSignature, "Signature") {
		bare.RemoveChild(c)
	}
	return Canonical(bare, prefixes)
}

func (s Style) hash(text []byte) []byte {
	if s.SHA1 {
		sum := sha1.Sum(text) //nolint:gosec // see the import
		return sum[:]
	}
	sum := sha256.Sum256(text)
	return sum[:]
}

func (s Style) sign(sig *etree.Element, key *rsa.PrivateKey) (string, error) {
	text, err := Canonical(sig.FindElement("./SignedInfo"), "")
	if err != nil {
		return "", err
	}
	return s.SignText(text, key)
}

// signature renders the Signature element with an empty SignatureValue.
func (s Style) signature(id, prefixes, digest string, cert []byte) *etree.Element {
	name := func(local string) string {
		if s.Prefix == "" {
			return local
		}
		return s.Prefix + ":" + local
	}
	sigAlg, digAlg := algRSASHA256, algSHA256
	if s.SHA1 {
		sigAlg, digAlg = algRSASHA1, algSHA1
	}
	sig := etree.NewElement(name("Signature"))
	if s.Prefix == "" {
		sig.CreateAttr("xmlns", nsSignature)
	} else {
		sig.CreateAttr("xmlns:"+s.Prefix, nsSignature)
	}
	info := sig.CreateElement(name("SignedInfo"))
	info.CreateElement(name("CanonicalizationMethod")).CreateAttr("Algorithm", excC14N)
	info.CreateElement(name("SignatureMethod")).CreateAttr("Algorithm", sigAlg)
	ref := info.CreateElement(name("Reference"))
	ref.CreateAttr("URI", "#"+id)
	transforms := ref.CreateElement(name("Transforms"))
	transforms.CreateElement(name("Transform")).CreateAttr("Algorithm", enveloped)
	exc := transforms.CreateElement(name("Transform"))
	exc.CreateAttr("Algorithm", excC14N)
	if prefixes != "" {
		in := exc.CreateElement("ec:InclusiveNamespaces")
		in.CreateAttr("PrefixList", prefixes)
		in.CreateAttr("xmlns:ec", excC14N)
	}
	ref.CreateElement(name("DigestMethod")).CreateAttr("Algorithm", digAlg)
	ref.CreateElement(name("DigestValue")).SetText(digest)
	sig.CreateElement(name("SignatureValue"))
	data := sig.CreateElement(name("KeyInfo")).CreateElement(name("X509Data"))
	data.CreateElement(name("X509Certificate")).SetText(CertificateText(cert, s.Wrap))
	return sig
}

// place puts the signature behind the Issuer, or first where there is none.
func place(el, sig *etree.Element) {
	at := 0
	if issuer := child(el, nsAssertion, "Issuer"); issuer != nil {
		at = issuer.Index() + 1
	}
	el.InsertChildAt(at, sig)
}

// CertificateText is a certificate (DER) in base64, wrapped at the given
// column; 0 leaves it in one line.
func CertificateText(der []byte, columns int) string {
	text := base64.StdEncoding.EncodeToString(der)
	if columns <= 0 {
		return text
	}
	var b strings.Builder
	for len(text) > columns {
		b.WriteString(text[:columns])
		b.WriteByte('\n')
		text = text[columns:]
	}
	b.WriteString(text)
	return b.String()
}
