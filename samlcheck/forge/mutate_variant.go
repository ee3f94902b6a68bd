package forge

import (
	"crypto"
	_ "crypto/sha512" // crypto.SHA384 and SHA512
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/beevik/etree"
)

// The mutations of this file and of mutate_extra.go are no faults: they are what
// an honest identity provider may send, written as not every one writes it. So
// they do not mind finding the message so already: accepting it says the same.

// InstantsWith writes every instant with so many digits of a second's fraction
// (SAML Core 1.3.3: up to three must be understood).
func InstantsWith(digits int) Mutation {
	layout := "2006-01-02T15:04:05"
	if digits > 0 {
		layout += "." + strings.Repeat("0", digits)
	}
	return before(fmt.Sprintf("instants with %d digits of a fraction", digits), func(r *etree.Element, _ Context) error {
		return everywhere(r, func(e *etree.Element) error {
			for i := range e.Attr {
				a := &e.Attr[i]
				switch a.Key {
				case "IssueInstant", "NotBefore", "NotOnOrAfter", "AuthnInstant", "SessionNotOnOrAfter":
					t, err := time.Parse(time.RFC3339Nano, a.Value)
					if err != nil {
						return fmt.Errorf("forge: %s: %w", a.Key, err)
					}
					a.Value = t.UTC().Format(layout) + "Z"
				}
			}
			return nil
		})
	})
}

func everywhere(e *etree.Element, f func(*etree.Element) error) error {
	if err := f(e); err != nil {
		return err
	}
	for _, c := range e.ChildElements() {
		if err := everywhere(c, f); err != nil {
			return err
		}
	}
	return nil
}

// IssuerFormatOtherwise says the Issuers' Format where the face does not, and
// leaves it out where it does (SAML Core 2.2.5: entity is the default).
func IssuerFormatOtherwise() Mutation {
	return before("Format of Issuer otherwise", func(r *etree.Element, _ Context) error {
		for _, e := range findAll(r, nsAssertion, "Issuer") {
			if e.RemoveAttr("Format") == nil {
				e.CreateAttr("Format", "urn:oasis:names:tc:SAML:2.0:nameid-format:entity")
			}
		}
		return nil
	})
}

// NameIDFormat says that the NameID is of another format; its value stays.
func NameIDFormat(uri string) Mutation {
	return before("NameID said to be "+uri[strings.LastIndexByte(uri, ':')+1:], func(r *etree.Element, _ Context) error {
		for _, e := range findAll(r, nsAssertion, "NameID") {
			e.CreateAttr("Format", uri)
			return nil
		}
		return errors.New("forge: there is no NameID")
	})
}

// NameFormatsOtherwise leaves NameFormat out of every attribute where the face
// writes it, and writes it where the face does not (SAML Core 2.7.3.1: optional).
func NameFormatsOtherwise() Mutation {
	return before("NameFormat of attributes otherwise", func(r *etree.Element, _ Context) error {
		for _, e := range findAll(r, nsAssertion, "Attribute") {
			if e.RemoveAttr("NameFormat") == nil {
				e.CreateAttr("NameFormat", "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified")
			}
		}
		return nil
	})
}

// TypesOtherwise leaves xsi:type out of every attribute value where the face
// writes it, and writes it where the face does not.
func TypesOtherwise() Mutation {
	return before("xsi:type of values otherwise", func(r *etree.Element, _ Context) error {
		for _, e := range findAll(r, nsAssertion, "AttributeValue") {
			if e.RemoveAttr("xsi:type") == nil {
				e.CreateAttr("xmlns:xs", "http://www.w3.org/2001/XMLSchema")
				e.CreateAttr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
				e.CreateAttr("xsi:type", "xs:string")
			}
		}
		return nil
	})
}

// NoKeyInfo leaves out the certificate that comes with a signature: whoever
// verifies has it from the metadata (SAML Core 5.4.5).
func NoKeyInfo() Mutation {
	return everySignature("signatures without KeyInfo", func(d *draft) error {
		info := child(d.sig, nsSignature, "KeyInfo")
		if info == nil {
			return errors.New("forge: there is no KeyInfo to leave out")
		}
		return remove(info)
	})
}

// Prefixed writes SAML's elements with prefixes that nobody uses.
func Prefixed(protocol, assertion string) Mutation {
	return before("prefixes "+protocol+" and "+assertion, func(r *etree.Element, _ Context) error {
		protocols := map[*etree.Element]string{}
		if err := everywhere(r, func(e *etree.Element) error {
			switch e.NamespaceURI() {
			case nsProtocol:
				protocols[e] = protocol
			case nsAssertion:
				protocols[e] = assertion
			}
			return nil
		}); err != nil {
			return err
		}
		for e, prefix := range protocols {
			for _, a := range declarations(e) {
				if a.Value == nsProtocol || a.Value == nsAssertion {
					e.RemoveAttr(a.FullKey())
				}
			}
			e.Space = prefix
		}
		r.CreateAttr("xmlns:"+protocol, nsProtocol)
		r.CreateAttr("xmlns:"+assertion, nsAssertion)
		for _, a := range findAll(r, nsAssertion, "Assertion") { // it must stand alone where it is encrypted or cut out
			a.CreateAttr("xmlns:"+assertion, nsAssertion)
		}
		return nil
	})
}

// Indented puts every element on a line of its own before it is signed.
func Indented() Mutation {
	return before("indented", func(r *etree.Element, _ Context) error {
		doc := etree.NewDocument()
		parent := r.Parent()
		at := r.Index()
		parent.RemoveChildAt(at)
		doc.SetRoot(r)
		doc.Indent(2)
		doc.RemoveChild(r)
		parent.InsertChildAt(at, r)
		return nil
	})
}

// SignedWith digests and signs with RSA and another member of the SHA-2 family.
func SignedWith(h crypto.Hash) Mutation {
	name := strings.ToLower(strings.ReplaceAll(h.String(), "-", ""))
	return everySignature("signed with rsa-"+name, func(d *draft) error {
		text, err := d.content()
		if err != nil {
			return err
		}
		digest := "http://www.w3.org/2001/04/xmlenc#" + name
		if h == crypto.SHA384 {
			digest = "http://www.w3.org/2001/04/xmldsig-more#sha384"
		}
		d.sum = h
		if err := d.algorithm("SignatureMethod", "http://www.w3.org/2001/04/xmldsig-more#rsa-"+name); err != nil {
			return err
		}
		if err := d.algorithm("DigestMethod", digest); err != nil {
			return err
		}
		return d.digest(text, h)
	})
}
