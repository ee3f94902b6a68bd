package forge

import (
	"crypto/x509"
	"errors"
	"fmt"

	"github.com/beevik/etree"
	"github.com/russellhaering/goxmldsig/etreeutils"

	"example.com/samepage/samlcheck/message"
)

// Verify checks the enveloped signature over el, which may stand inside a
// document: exactly one Signature child with exactly one Reference, to el's own
// ID, which no other element of the document has (SAML Core 5.4.2). Of the
// certificates only the keys count. It is for the harness's own checking, and
// stricter than many a service provider.
func Verify(el *etree.Element, certs []*x509.Certificate) error {
	sigs := childrenOf(el, nsSignature, "Signature")
	if len(sigs) != 1 {
		return fmt.Errorf("forge: %s has %d Signature children, not one", el.Tag, len(sigs))
	}
	refs := findAll(sigs[0], nsSignature, "Reference")
	id := el.SelectAttrValue("ID", "")
	if len(refs) != 1 || id == "" || refs[0].SelectAttrValue("URI", "") != "#"+id {
		return fmt.Errorf("forge: the signature of %s does not refer to it and to nothing else", el.Tag)
	}
	if n := withID(rootOf(el), id); n != 1 {
		return fmt.Errorf("forge: %d elements have the ID %q", n, id)
	}
	alone, err := detached(el)
	if err != nil {
		return err
	}
	doc := etree.NewDocument()
	doc.SetRoot(alone)
	doc.WriteSettings = etree.WriteSettings{CanonicalText: true, CanonicalAttrVal: true}
	raw, err := doc.WriteToBytes()
	if err != nil {
		return fmt.Errorf("forge: %w", err)
	}
	if err := message.VerifyEnveloped(raw, certs); err != nil {
		return fmt.Errorf("forge: %s: %w", el.Tag, err)
	}
	return nil
}

// VerifyDER is Verify with certificates as they stand in metadata.
func VerifyDER(el *etree.Element, certs ...[]byte) error {
	var parsed []*x509.Certificate
	for _, der := range certs {
		c, err := x509.ParseCertificate(der)
		if err != nil {
			return fmt.Errorf("forge: %w", err)
		}
		parsed = append(parsed, c)
	}
	if len(parsed) == 0 {
		return errors.New("forge: no certificate to verify with")
	}
	return Verify(el, parsed)
}

// detached is a copy of el that declares every namespace it stands in.
func detached(el *etree.Element) (*etree.Element, error) {
	ctx, err := etreeutils.NSBuildParentContext(el)
	if err != nil {
		return nil, fmt.Errorf("forge: namespaces: %w", err)
	}
	alone, err := etreeutils.NSDetatch(ctx, el)
	if err != nil {
		return nil, fmt.Errorf("forge: namespaces: %w", err)
	}
	return alone, nil
}

func childrenOf(el *etree.Element, ns, local string) []*etree.Element {
	var out []*etree.Element
	for _, c := range el.ChildElements() {
		if is(c, ns, local) {
			out = append(out, c)
		}
	}
	return out
}

func rootOf(el *etree.Element) *etree.Element {
	for el.Parent() != nil && el.Parent().Tag != "" {
		el = el.Parent()
	}
	return el
}

func withID(e *etree.Element, id string) int {
	n := 0
	if e.SelectAttrValue("ID", "") == id {
		n++
	}
	for _, c := range e.ChildElements() {
		n += withID(c, id)
	}
	return n
}
