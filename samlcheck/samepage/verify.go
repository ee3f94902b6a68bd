package samepage

import (
	"crypto/x509"
	"errors"
	"fmt"
	"strings"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
)

// errSignature marks refusals that are about a signature.
var errSignature = errors.New("samepage: signature")

// checkSignatures verifies every signature that stands where one may stand,
// and wants at least one. crewjam leaves an assertion's own signature
// unverified where the response has one; a good SP need not.
func (s *Server) checkSignatures(m *message) error {
	if s.loose() {
		return nil // readLoosely has
	}
	places := []*etree.Element{m.root, m.assertionEl}
	if m.person != m.content { // FlawSeveral
		places = append(places, m.person)
	}
	if s.flawed(FlawWrapFirst) {
		return s.verifyAnywhere(m)
	}
	signed := 0
	for _, el := range places {
		if child(el, nsSignature, "Signature") == nil {
			continue
		}
		signed++
		if s.flawed(FlawSignature) {
			continue
		}
		if err := verify(el, s.verifier(), m.idp.certs); err != nil {
			return fmt.Errorf("%w of %s: %w", errSignature, el.Tag, err)
		}
	}
	if signed == 0 && !s.flawed(FlawUnsigned) {
		return fmt.Errorf("%w: neither response nor assertion is signed", errSignature)
	}
	return nil
}

// verifier is crewjam's hook: nil leaves it to verify by itself.
func (s *Server) verifier() signatureVerifier {
	switch {
	case s.flawed(FlawSignature):
		return blind{}
	case s.flawed(FlawAnyKey):
		return anyKey{}
	}
	return nil
}

// signatureVerifier is crewjam's interface of that name.
type signatureVerifier interface {
	VerifySignature(ctx *dsig.ValidationContext, el *etree.Element) error
}

// blind is FlawSignature: it is content that there is a signature.
type blind struct{}

func (blind) VerifySignature(*dsig.ValidationContext, *etree.Element) error { return nil }

// anyKey is FlawAnyKey: it believes the certificate in KeyInfo.
type anyKey struct{}

func (anyKey) VerifySignature(ctx *dsig.ValidationContext, el *etree.Element) error {
	found := descendants(child(el, nsSignature, "Signature"), func(e *etree.Element) bool {
		return is(e, nsSignature, "X509Certificate")
	})
	if len(found) > 0 {
		cert, err := parseCert(text(found[0]))
		if err != nil {
			return err
		}
		ctx.CertificateStore = &dsig.MemoryX509CertificateStore{Roots: []*x509.Certificate{cert}}
	}
	if _, err := ctx.Validate(el); err != nil {
		return fmt.Errorf("samepage: %w", err)
	}
	return nil
}

// verify verifies the enveloped signature of el.
func verify(el *etree.Element, v signatureVerifier, certs []*x509.Certificate) error {
	if err := soundSignature(el); err != nil {
		return err
	}
	alone, err := detach(el)
	if err != nil {
		return err
	}
	ctx := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: certs})
	ctx.IdAttribute = "ID"
	if v != nil {
		return v.VerifySignature(ctx, alone)
	}
	if _, err := ctx.Validate(alone); err != nil {
		return fmt.Errorf("samepage: %w", err)
	}
	return nil
}

// soundSignature wants of a signature what SAML wants: one reference, to the
// element that it stands in, two transforms at most, no SHA-1 and no objects.
func soundSignature(el *etree.Element) error {
	sig := child(el, nsSignature, "Signature")
	info := children(sig, nsSignature, "SignedInfo")
	if len(info) != 1 || child(sig, nsSignature, "Object") != nil {
		return errors.New("samepage: a Signature with other than one SignedInfo, or with an Object")
	}
	refs := children(info[0], nsSignature, "Reference")
	if len(refs) != 1 {
		return fmt.Errorf("samepage: %d references", len(refs))
	}
	id := el.SelectAttrValue("ID", "")
	if uri := refs[0].SelectAttrValue("URI", ""); id == "" || uri != "#"+id {
		return fmt.Errorf("samepage: the reference %q is not to the element %q that it stands in", uri, id)
	}
	transforms := children(child(refs[0], nsSignature, "Transforms"), nsSignature, "Transform")
	if len(transforms) < 1 || len(transforms) > 2 {
		return fmt.Errorf("samepage: %d transforms", len(transforms))
	}
	for _, t := range transforms {
		switch dsig.AlgorithmID(t.SelectAttrValue("Algorithm", "")) {
		case dsig.EnvelopedSignatureAltorithmId, dsig.CanonicalXML10ExclusiveAlgorithmId:
		default:
			return fmt.Errorf("samepage: transform %q", t.SelectAttrValue("Algorithm", ""))
		}
	}
	return strong(child(info[0], nsSignature, "SignatureMethod"), child(refs[0], nsSignature, "DigestMethod"))
}

func strong(methods ...*etree.Element) error {
	for _, m := range methods {
		if m == nil {
			return errors.New("samepage: no algorithm named")
		}
		algorithm := m.SelectAttrValue("Algorithm", "")
		if !strings.HasSuffix(algorithm, "sha256") && !strings.HasSuffix(algorithm, "sha384") &&
			!strings.HasSuffix(algorithm, "sha512") {
			return fmt.Errorf("samepage: weak or unknown algorithm %q", algorithm)
		}
	}
	return nil
}

// verifyAnywhere is FlawWrapFirst: it is content when some signature in the
// document is good for some response or assertion in the document, wherever
// the two stand. It is the classic mistake: what is verified is not what is used.
func (s *Server) verifyAnywhere(m *message) error {
	whole := func(want func(*etree.Element) bool) []*etree.Element {
		found := descendants(m.root, want)
		if !inside(m.root, m.assertionEl) { // it was encrypted
			found = append(found, m.assertionEl)
			found = append(found, descendants(m.assertionEl, want)...)
		}
		return append(found, m.root)
	}
	signatures := whole(func(el *etree.Element) bool { return is(el, nsSignature, "Signature") })
	candidates := whole(func(el *etree.Element) bool {
		return is(el, nsAssertion, "Assertion") || is(el, nsProtocol, "Response")
	})
	last := fmt.Errorf("%w: none in the document", errSignature)
	for _, sig := range signatures {
		if !is(sig, nsSignature, "Signature") {
			continue
		}
		for _, el := range candidates {
			if !refersTo(sig, el) {
				continue
			}
			err := s.verifyMoved(sig, el, m.idp.certs)
			if err == nil {
				return nil
			}
			last = fmt.Errorf("%w: %w", errSignature, err)
		}
	}
	return last
}

// verifyMoved puts a signature where it belongs, and verifies it there.
func (s *Server) verifyMoved(sig, el *etree.Element, certs []*x509.Certificate) error {
	alone, err := detach(el)
	if err != nil {
		return err
	}
	moved, err := detach(sig)
	if err != nil {
		return err
	}
	for _, old := range children(alone, nsSignature, "Signature") {
		alone.RemoveChild(old)
	}
	for _, object := range children(moved, nsSignature, "Object") {
		moved.RemoveChild(object)
	}
	// a wrapped original may also sit in the signature as it is, without an Object
	for _, el := range moved.ChildElements() {
		if el.NamespaceURI() != nsSignature {
			moved.RemoveChild(el)
		}
	}
	alone.AddChild(moved)
	return verify(alone, s.verifier(), certs)
}

func refersTo(sig, el *etree.Element) bool {
	id := el.SelectAttrValue("ID", "")
	for _, info := range children(sig, nsSignature, "SignedInfo") {
		for _, ref := range children(info, nsSignature, "Reference") {
			if id != "" && ref.SelectAttrValue("URI", "") == "#"+id {
				return true
			}
		}
	}
	return false
}

func inside(root, el *etree.Element) bool {
	for p := el; p != nil; p = p.Parent() {
		if p == root {
			return true
		}
	}
	return false
}
