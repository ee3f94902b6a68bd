package samepage

import (
	"bytes"
	"crypto"
	"crypto/hmac"
	_ "crypto/md5" //nolint:gosec // FlawWeakAlgorithms
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // FlawWeakAlgorithms
	"crypto/sha256"
	_ "crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"hash"
	"math/big"
	"net/url"
	"strings"
	"unicode"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
)

// verifyLoosely verifies the signature that el shows, as strictly as verify
// does but for the flaws.
func (s *Server) verifyLoosely(root, el, sig *etree.Element, by *idp) error {
	if s.flawed(FlawStylesheet) {
		s.followStylesheets(sig)
	}
	infos := children(sig, nsSignature, "SignedInfo")
	if len(infos) == 0 || len(infos) > 1 && !s.flawed(FlawSignedInfo) {
		return fmt.Errorf("samepage: %d SignedInfo", len(infos))
	}
	if s.flawed(FlawSplitSignature) && el.Tag == "Assertion" && child(root, nsSignature, "Signature") == nil {
		return s.verifySplit(root, el, sig, by)
	}
	var err error
	for _, signed := range infos {
		if err = s.valueGood(root, sig, signed, by.certs); err == nil {
			break
		}
	}
	if err != nil {
		return err
	}
	for _, info := range infos {
		if err = s.referencesGood(root, el, sig, info); err == nil {
			return nil
		}
	}
	return err
}

// valueGood verifies the signature value over a SignedInfo.
func (s *Server) valueGood(root, sig, info *etree.Element, certs []*x509.Certificate) error {
	value, err := base64.StdEncoding.DecodeString(packed(text(child(sig, nsSignature, "SignatureValue"))))
	if err != nil {
		return fmt.Errorf("samepage: signature value: %w", err)
	}
	over, err := s.canonical(root, info, "", false)
	if err != nil {
		return err
	}
	algorithm := algorithmOf(child(info, nsSignature, "SignatureMethod"))
	switch {
	case s.flawed(FlawHMAC) && strings.Contains(algorithm, "hmac-"):
		return keyedWithCertificate(algorithm, over, value, certs)
	case s.flawed(FlawUnknownAlgorithm) && !strings.Contains(algorithm, "#rsa-sha") && !strings.Contains(algorithm, "hmac"):
		return nil
	case !strings.Contains(algorithm, "#rsa-"):
		return fmt.Errorf("samepage: signature algorithm %q", algorithm)
	}
	h, err := s.sum(algorithm)
	if err != nil {
		return err
	}
	digest := h.New()
	digest.Write(over)
	for _, key := range s.keys(root, sig, certs) {
		if rsa.VerifyPKCS1v15(key, h, digest.Sum(nil), value) == nil {
			return nil
		}
	}
	return errors.New("samepage: the signature value fits no known key")
}

func algorithmOf(el *etree.Element) string { return value(el, "Algorithm") }

// sum is the hash of an algorithm's name.
func (s *Server) sum(algorithm string) (crypto.Hash, error) {
	for suffix, h := range map[string]crypto.Hash{"sha256": crypto.SHA256, "sha384": crypto.SHA384, "sha512": crypto.SHA512} {
		if strings.HasSuffix(algorithm, suffix) {
			return h, nil
		}
	}
	for suffix, h := range map[string]crypto.Hash{"sha1": crypto.SHA1, "md5": crypto.MD5} {
		if s.flawed(FlawWeakAlgorithms) && strings.HasSuffix(algorithm, suffix) {
			return h, nil
		}
	}
	return 0, fmt.Errorf("samepage: weak or unknown algorithm %q", algorithm)
}

// keys are what a signature may be verified with.
func (s *Server) keys(root, sig *etree.Element, certs []*x509.Certificate) []*rsa.PublicKey {
	var out []*rsa.PublicKey
	for _, c := range certs {
		if k, ok := c.PublicKey.(*rsa.PublicKey); ok {
			out = append(out, k)
		}
	}
	info := child(sig, nsSignature, "KeyInfo")
	shown := descendants(info, func(el *etree.Element) bool { return is(el, nsSignature, "X509Certificate") })
	if s.flawed(FlawKeyValue) {
		for _, v := range descendants(info, func(el *etree.Element) bool { return is(el, nsSignature, "RSAKeyValue") }) {
			out = append(out, bareKey(v))
		}
		if child(info, nsSignature, "RetrievalMethod") != nil {
			shown = descendants(root, func(el *etree.Element) bool { return is(el, nsSignature, "X509Certificate") })
			return append(out, certified(shown)...)
		}
	}
	if s.flawed(FlawKnownBeside) && len(shown) > 1 {
		for _, el := range shown {
			if c, err := parseCert(text(el)); err == nil && bytes.Equal(c.Raw, certs[0].Raw) {
				return append(out, certified(shown)...)
			}
		}
	}
	return out
}

func certified(shown []*etree.Element) []*rsa.PublicKey {
	var out []*rsa.PublicKey
	for _, el := range shown {
		if c, err := parseCert(text(el)); err == nil {
			if k, ok := c.PublicKey.(*rsa.PublicKey); ok {
				out = append(out, k)
			}
		}
	}
	return out
}

func bareKey(v *etree.Element) *rsa.PublicKey {
	number := func(tag string) *big.Int {
		raw, _ := base64.StdEncoding.DecodeString(packed(text(child(v, nsSignature, tag))))
		return new(big.Int).SetBytes(raw)
	}
	return &rsa.PublicKey{N: number("Modulus"), E: int(number("Exponent").Int64())}
}

// keyedWithCertificate is FlawHMAC.
func keyedWithCertificate(algorithm string, over, value []byte, certs []*x509.Certificate) error {
	sum := map[bool]func() hash.Hash{true: sha1.New, false: sha256.New}[strings.HasSuffix(algorithm, "sha1")]
	for _, c := range certs {
		mac := hmac.New(sum, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}))
		mac.Write(over)
		if hmac.Equal(mac.Sum(nil), value) {
			return nil
		}
	}
	return errors.New("samepage: the mac is wrong")
}

// referencesGood verifies what a SignedInfo refers to.
func (s *Server) referencesGood(root, el, sig, info *etree.Element) error {
	refs := children(info, nsSignature, "Reference")
	switch {
	case len(refs) == 0 && s.flawed(FlawNoReference):
		return nil
	case len(refs) > 1 && s.flawed(FlawLastReference):
		refs = refs[len(refs)-1:]
	case len(refs) != 1:
		return fmt.Errorf("samepage: %d references", len(refs))
	}
	ref := refs[0]
	over, err := s.referred(root, el, sig, ref)
	if err != nil {
		return err
	}
	return s.digestGood(root, ref, over)
}

func (s *Server) digestGood(root, ref *etree.Element, over []byte) error {
	h, err := s.sum(algorithmOf(child(ref, nsSignature, "DigestMethod")))
	if err != nil {
		return err
	}
	digest := h.New()
	digest.Write(over)
	held := child(ref, nsSignature, "DigestValue")
	if s.flawed(FlawDigestAnywhere) { // its own is as good, or a response that is signed twice were refused
		first := descendants(root, func(x *etree.Element) bool { return is(x, nsSignature, "DigestValue") })[0]
		if packed(text(first)) == base64.StdEncoding.EncodeToString(digest.Sum(nil)) {
			return nil
		}
	}
	want := text(held)
	if s.flawed(FlawDigestComment) && held != nil && len(held.Child) > 0 {
		if c, ok := held.Child[0].(*etree.Comment); ok {
			want = c.Data
		}
	}
	if packed(want) != base64.StdEncoding.EncodeToString(digest.Sum(nil)) {
		return errors.New("samepage: the digest is wrong")
	}
	return nil
}

// referred is the canonical text of what a reference refers to.
func (s *Server) referred(root, el, sig, ref *etree.Element) ([]byte, error) {
	uri := ref.SelectAttrValue("URI", "")
	target, err := s.target(root, el, uri)
	if err != nil {
		return nil, err
	}
	if target == nil {
		return nil, nil
	}
	prefixes, comments := "", false
	transforms := children(child(ref, nsSignature, "Transforms"), nsSignature, "Transform")
	if len(transforms) > 2 && !s.flawed(FlawTransforms) {
		return nil, fmt.Errorf("samepage: %d transforms", len(transforms))
	}
	for _, t := range transforms {
		switch a := algorithmOf(t); {
		case a == string(dsig.EnvelopedSignatureAltorithmId):
		case a == string(dsig.CanonicalXML10ExclusiveAlgorithmId), s.flawed(FlawTransforms) && strings.HasSuffix(a, "c14n#WithComments"):
			comments = strings.HasSuffix(a, "WithComments")
			for _, in := range t.ChildElements() {
				prefixes = in.SelectAttrValue("PrefixList", "")
			}
		case !s.flawed(FlawTransforms):
			return nil, fmt.Errorf("samepage: transform %q", a)
		}
	}
	bare := withoutSignature(target, sig)
	return s.canonical(root, bare, prefixes, comments)
}

// withoutSignature is a copy of el in its place, without its own signature, and
// without the given one where that stands deeper.
func withoutSignature(el, sig *etree.Element) *etree.Element {
	alone, err := detach(el)
	if err != nil {
		return el
	}
	for _, own := range children(alone, nsSignature, "Signature") {
		alone.RemoveChild(own)
	}
	want := text(child(sig, nsSignature, "SignatureValue"))
	for _, deep := range descendants(alone, func(x *etree.Element) bool { return is(x, nsSignature, "Signature") }) {
		if sig.Parent() != el && text(child(deep, nsSignature, "SignatureValue")) == want {
			deep.Parent().RemoveChild(deep)
		}
	}
	return alone
}

// target is the element that a URI refers to: el, but for the flaws. Nil is
// nothing, whose text is empty.
func (s *Server) target(root, el *etree.Element, uri string) (*etree.Element, error) {
	id := plainID(el)
	named, isName := strings.CutPrefix(uri, "#")
	if s.flawed(FlawLastReference) {
		return el, nil
	}
	if s.flawed(FlawLooseReference) {
		switch {
		case uri == "":
			return root, nil
		case uri == "#xpointer(id('"+id+"'))":
			return el, nil
		case !isName:
			return nil, nil
		}
	}
	return s.targetByID(root, el, named, isName)
}

func (s *Server) targetByID(root, el *etree.Element, named string, isName bool) (*etree.Element, error) {
	id := plainID(el)
	switch {
	case s.flawed(FlawRootSignature) && el == root, s.flawed(FlawAnyID) && goesBy(el, named):
		return byID(root, named, false)
	case s.flawed(FlawMoved) && el == root && len(children(root, nsAssertion, "Assertion")) == 1 &&
		plainID(child(root, nsAssertion, "Assertion")) == named:
		return child(root, nsAssertion, "Assertion"), nil
	case (s.flawed(FlawLastID) || s.flawed(FlawEntityID)) && named == id:
		return byID(root, named, true)
	case !isName || id == "" || named != id:
		return nil, fmt.Errorf("samepage: the reference %q is not to the element %q that it stands in", named, id)
	}
	return el, nil
}

// goesBy says whether any attribute that might be an ID has the value.
func goesBy(el *etree.Element, id string) bool {
	for _, a := range el.Attr {
		if strings.EqualFold(a.Key, "id") && a.Value == id {
			return true
		}
	}
	return false
}

// plainID is the ID without a prefix.
func plainID(el *etree.Element) string {
	for _, a := range el.Attr {
		if a.Space == "" && a.Key == "ID" {
			return a.Value
		}
	}
	return ""
}

func byID(root *etree.Element, id string, last bool) (*etree.Element, error) {
	found := descendants(root, func(x *etree.Element) bool { return plainID(x) == id })
	switch {
	case len(found) == 0 && plainID(root) == id:
		return root, nil
	case len(found) == 0:
		return nil, fmt.Errorf("samepage: nothing has the ID %q", id)
	case last:
		return found[len(found)-1], nil
	}
	return found[0], nil
}

// canonical is the exclusive canonical form. FlawVoid takes what libxml2 fails
// on for an empty text.
func (s *Server) canonical(root, el *etree.Element, prefixes string, comments bool) ([]byte, error) {
	if s.flawed(FlawVoid) || s.flawed(FlawSplitSignature) {
		for p := el; p != nil; p = p.Parent() {
			if failing(p) {
				return nil, nil
			}
		}
		if s.flawed(FlawVoid) && failing(root) {
			return nil, nil
		}
	}
	alone, err := detach(el)
	if err != nil {
		return nil, err
	}
	c := dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList(prefixes)
	if comments {
		c = dsig.MakeC14N10ExclusiveWithCommentsCanonicalizerWithPrefixList(prefixes)
	}
	return c.Canonicalize(alone)
}

// failing says that a namespace declared on el is no absolute URI.
func failing(el *etree.Element) bool {
	for _, a := range el.Attr {
		if a.Space != "xmlns" {
			continue
		}
		if u, err := url.Parse(a.Value); err != nil || !u.IsAbs() || strings.IndexFunc(a.Value, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
			return true
		}
	}
	return false
}

func packed(text string) string { return strings.Join(strings.Fields(text), "") }
