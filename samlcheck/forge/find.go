package forge

import (
	"errors"
	"fmt"

	"github.com/beevik/etree"
)

// The namespaces of a response. Faces differ in prefixes, so elements are
// found by namespace and local name, never by prefix.
const (
	nsProtocol  = "urn:oasis:names:tc:SAML:2.0:protocol"
	nsAssertion = "urn:oasis:names:tc:SAML:2.0:assertion"
	nsSignature = "http://www.w3.org/2000/09/xmldsig#"
)

// findAll returns every element of the namespace and local name in r (r
// included), in document order.
func findAll(r *etree.Element, ns, local string) []*etree.Element {
	var out []*etree.Element
	if is(r, ns, local) {
		out = append(out, r)
	}
	for _, c := range r.ChildElements() {
		out = append(out, findAll(c, ns, local)...)
	}
	return out
}

// each applies f to every such element and refuses to do nothing.
func each(r *etree.Element, ns, local string, f func(*etree.Element) error) error {
	found := findAll(r, ns, local)
	if len(found) == 0 {
		return fmt.Errorf("forge: no %s to change", local)
	}
	for _, e := range found {
		if err := f(e); err != nil {
			return err
		}
	}
	return nil
}

// setText replaces the element's content by text, and refuses when that is
// what it says already.
func setText(e *etree.Element, text string) error {
	if e.Text() == text {
		return fmt.Errorf("forge: %s is %q already", e.Tag, text)
	}
	e.SetText(text)
	return nil
}

// setAttr changes an attribute that is there, and refuses when it is absent or
// has that value already.
func setAttr(e *etree.Element, name, value string) error {
	a := e.SelectAttr(name)
	switch {
	case a == nil:
		return fmt.Errorf("forge: %s has no %s to change", e.Tag, name)
	case a.Value == value:
		return fmt.Errorf("forge: %s of %s is %q already", name, e.Tag, value)
	}
	a.Value = value
	return nil
}

func before(name string, apply func(*etree.Element, Context) error) Mutation {
	return Mutation{Name: name, Stage: BeforeSigning, Apply: apply}
}

func after(name string, apply func(*etree.Element, Context) error) Mutation {
	return Mutation{Name: name, Stage: AfterSigning, Apply: apply}
}

// is says whether e has the namespace and local name.
func is(e *etree.Element, ns, local string) bool {
	return e.Tag == local && e.NamespaceURI() == ns
}

// child is the first child element of the namespace and local name, or nil.
func child(e *etree.Element, ns, local string) *etree.Element {
	for _, c := range e.ChildElements() {
		if is(c, ns, local) {
			return c
		}
	}
	return nil
}

// remove takes the element out of its parent.
func remove(e *etree.Element) error {
	if e.Parent() == nil {
		return errors.New("forge: the root cannot be removed")
	}
	e.Parent().RemoveChild(e)
	return nil
}
