// Package schema says where a SAML document departs from SAML's XML schemas:
// elements out of order, missing or too many, attributes that are missing or
// unknown, values of the wrong type.
//
// It is a small validator for the schemas that SAML 2.0 documents use (metadata,
// protocol, assertion, and the parts of XML Signature and XML Encryption that
// stand in them), written as tables: one line an element, with its content as a
// regular expression over element names. It is tested against xmllint with the
// published schemas.
//
//	for _, f := range schema.Validate(doc.Root) { ... f.Element, f.Problem ... }
//
// It refuses to judge what it has no table for: elements of other namespaces are
// passed over where the schemas allow them, and looked into only for elements
// that it knows. A RoleDescriptor with a foreign xsi:type (WS-Federation's, which
// Entra publishes) is foreign, though the schema alone would refuse it. It does
// not check that an anyURI is a good address: nearly every text is one.
package schema

import (
	"fmt"
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/message"
)

// A Fault is one departure from the schemas.
type Fault struct {
	Element *etree.Element
	Problem string // in words, beginning with the element's name
}

// namespaces gives the prefixes of the tables.
func namespaces(prefix string) string {
	switch prefix {
	case "md":
		return message.NSMetadata
	case "p":
		return message.NSProtocol
	case "a":
		return message.NSAssertion
	case "ds":
		return message.NSSignature
	case "xenc":
		return message.NSXMLEnc
	}
	return ""
}

const (
	nsInstance = "http://www.w3.org/2001/XMLSchema-instance"
	nsXML      = "http://www.w3.org/XML/1998/namespace"
	nsXMLNS    = "http://www.w3.org/2000/xmlns/"
)

// Validate returns every fault of the element and what is below it, in document
// order. A root that the tables do not have is a fault itself.
func Validate(root *etree.Element) []Fault {
	v := &validator{types: types(), ids: map[string]bool{}}
	if _, ok := v.types[key(root)]; !ok {
		return []Fault{{root, fmt.Sprintf("%s is no element of SAML 2.0", root.Tag)}}
	}
	v.element(root)
	return v.faults
}

type validator struct {
	types  map[string]*elementType // by "namespace local"
	ids    map[string]bool
	faults []Fault
}

func key(e *etree.Element) string { return e.NamespaceURI() + " " + e.Tag }

func (v *validator) fault(e *etree.Element, f string, a ...any) {
	v.faults = append(v.faults, Fault{e, fmt.Sprintf("%s: ", e.Tag) + fmt.Sprintf(f, a...)})
}

// element checks e by its table; what has none is only looked into.
func (v *validator) element(e *etree.Element) {
	t, known := v.types[key(e)]
	if !known || foreignType(e) {
		v.inside(e)
		return
	}
	if t.opaque {
		v.inside(e)
		return
	}
	v.attributes(e, t)
	switch {
	case t.value != "":
		for _, c := range e.ChildElements() {
			v.fault(c, "%s holds text alone", e.Tag)
		}
		if why := wrongValue(t.value, content(e)); why != "" {
			v.fault(e, "the value is %s", why)
		}
	default:
		if !t.mixed && strings.TrimSpace(content(e)) != "" {
			v.fault(e, "there is text between its elements")
		}
		v.children(e, t)
	}
}

// inside looks for known elements below an unknown one.
func (v *validator) inside(e *etree.Element) {
	for _, c := range e.ChildElements() {
		v.element(c)
	}
}

func (v *validator) children(e *etree.Element, t *elementType) {
	kids := e.ChildElements()
	m := t.model.start()
	for _, c := range kids {
		next := m.step(c)
		if next.dead() {
			v.fault(c, "it may not stand here in %s, where %s", e.Tag, m.wanted())
			v.inside(e)
			return
		}
		m = next
	}
	if !m.accepts() {
		v.fault(e, "it is not complete: after what is there %s", m.wanted())
	}
	v.inside(e)
}

func (v *validator) attributes(e *etree.Element, t *elementType) {
	seen := map[string]bool{}
	for _, a := range e.Attr {
		ns, name := qualified(a)
		if ns == nsInstance || ns == nsXMLNS {
			continue
		}
		want, ok := t.attributes[name]
		switch {
		case ok && (ns == "" || ns == nsXML):
			seen[name] = true
			v.value(e, name, want.kind, a.Value)
		case ns != "" && t.anyAttribute && ns != t.namespace:
		default:
			v.fault(e, "it has no attribute %s", a.FullKey())
		}
	}
	for _, name := range t.required {
		if !seen[name] {
			v.fault(e, "the attribute %s is missing", name)
		}
	}
}

// qualified is an attribute's namespace, and its name as the tables have it.
func qualified(a etree.Attr) (ns, name string) {
	switch {
	case a.Space == "xmlns" || a.Space == "" && a.Key == "xmlns":
		return nsXMLNS, a.Key
	case a.Space == "xml":
		return nsXML, "xml:" + a.Key
	case a.Space == "":
		return "", a.Key
	}
	return a.NamespaceURI(), a.Key
}

func (v *validator) value(e *etree.Element, name, kind, value string) {
	if why := wrongValue(kind, value); why != "" {
		v.fault(e, "%s is %s", name, why)
		return
	}
	if kind != "ID" {
		return
	}
	if v.ids[value] {
		v.fault(e, "another element has the same %s", name)
	}
	v.ids[value] = true
}

// foreignType reports an xsi:type from a namespace that has no tables here.
func foreignType(e *etree.Element) bool {
	for _, a := range e.Attr {
		if a.Key != "type" || a.Space == "" || a.NamespaceURI() != nsInstance {
			continue
		}
		prefix, _, ok := strings.Cut(strings.TrimSpace(a.Value), ":")
		if !ok {
			return false
		}
		ns := resolve(e, prefix)
		return ns != message.NSMetadata && ns != message.NSAssertion && ns != message.NSProtocol
	}
	return false
}

// resolve finds the namespace of a prefix where e stands.
func resolve(e *etree.Element, prefix string) string {
	for ; e != nil; e = e.Parent() {
		for _, a := range e.Attr {
			if a.Space == "xmlns" && a.Key == prefix {
				return a.Value
			}
		}
	}
	return ""
}

// content is all text directly in e, white space included.
func content(e *etree.Element) string {
	var b strings.Builder
	for _, c := range e.Child {
		if cd, ok := c.(*etree.CharData); ok {
			b.WriteString(cd.Data)
		}
	}
	return b.String()
}
