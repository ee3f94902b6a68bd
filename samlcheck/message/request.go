package message

import (
	"fmt"
	"strconv"

	"github.com/beevik/etree"
)

// An AuthnRequest is what an SP asked of the IdP. Attributes that are not there
// are empty; pointers are nil where the element is not there.
type AuthnRequest struct {
	Tree *Tree // for lines and whatever stands not here

	ID, Version, IssueInstant, Destination, Consent string // as written
	Issuer, IssuerFormat                            string
	ACSURL, ACSIndex, ProtocolBinding               string
	ProviderName                                    string
	ForceAuthn, IsPassive                           bool
	NameIDPolicy                                    *NameIDPolicy
	RequestedAuthnContext                           *RequestedAuthnContext
	Subject, Conditions, Scoping, Extensions        *etree.Element
	Signature                                       *Signature // the enveloped one; HTTP-Redirect signs the query instead
}

// NameIDPolicy is what the SP asks of the name identifier.
type NameIDPolicy struct {
	Format, SPNameQualifier, AllowCreate string
	Element                              *etree.Element
}

// RequestedAuthnContext is how the SP wants the user to have signed in.
type RequestedAuthnContext struct {
	Comparison string // as written; "" means exact
	Classes    []string
	Element    *etree.Element
}

// Signature names the algorithms of an enveloped signature.
type Signature struct {
	SignatureAlgorithm, DigestAlgorithm, Canonicalization string
	Reference                                             string // the Reference's URI
	Element                                               *etree.Element
}

// ParseAuthnRequest reads an AuthnRequest. It fails where the XML cannot be
// read or the root is another element, and on nothing else.
func ParseAuthnRequest(raw []byte) (*AuthnRequest, error) {
	t, err := ParseTree(raw)
	if err != nil {
		return nil, err
	}
	if !Is(t.Root, NSProtocol, "AuthnRequest") {
		return nil, fmt.Errorf("message: the root is {%s}%s, not an AuthnRequest", t.Root.NamespaceURI(), t.Root.Tag)
	}
	r := &AuthnRequest{Tree: t}
	for name, to := range map[string]*string{
		"ID": &r.ID, "Version": &r.Version, "IssueInstant": &r.IssueInstant, "Destination": &r.Destination,
		"Consent": &r.Consent, "AssertionConsumerServiceURL": &r.ACSURL, "AssertionConsumerServiceIndex": &r.ACSIndex,
		"ProtocolBinding": &r.ProtocolBinding, "ProviderName": &r.ProviderName,
	} {
		*to, _ = Attr(t.Root, name)
	}
	r.ForceAuthn, r.IsPassive = Bool(t.Root, "ForceAuthn"), Bool(t.Root, "IsPassive")
	issuer := Child(t.Root, NSAssertion, "Issuer")
	r.Issuer = Text(issuer)
	r.IssuerFormat, _ = Attr(issuer, "Format")
	r.Subject = Child(t.Root, NSAssertion, "Subject")
	r.Conditions = Child(t.Root, NSAssertion, "Conditions")
	r.Scoping = Child(t.Root, NSProtocol, "Scoping")
	r.Extensions = Child(t.Root, NSProtocol, "Extensions")
	r.NameIDPolicy = nameIDPolicy(t.Root)
	r.RequestedAuthnContext = requestedAuthnContext(t.Root)
	r.Signature = ReadSignature(t.Root)
	return r, nil
}

func nameIDPolicy(root *etree.Element) *NameIDPolicy {
	e := Child(root, NSProtocol, "NameIDPolicy")
	if e == nil {
		return nil
	}
	p := &NameIDPolicy{Element: e}
	p.Format, _ = Attr(e, "Format")
	p.SPNameQualifier, _ = Attr(e, "SPNameQualifier")
	p.AllowCreate, _ = Attr(e, "AllowCreate")
	return p
}

func requestedAuthnContext(root *etree.Element) *RequestedAuthnContext {
	e := Child(root, NSProtocol, "RequestedAuthnContext")
	if e == nil {
		return nil
	}
	c := &RequestedAuthnContext{Element: e}
	c.Comparison, _ = Attr(e, "Comparison")
	for _, class := range Children(e, NSAssertion, "AuthnContextClassRef") {
		c.Classes = append(c.Classes, Text(class))
	}
	return c
}

// ReadSignature reads the ds:Signature that is a child of e, nil when there is none.
func ReadSignature(e *etree.Element) *Signature {
	el := Child(e, NSSignature, "Signature")
	if el == nil {
		return nil
	}
	s := &Signature{Element: el}
	info := Child(el, NSSignature, "SignedInfo")
	s.Canonicalization, _ = Attr(Child(info, NSSignature, "CanonicalizationMethod"), "Algorithm")
	s.SignatureAlgorithm, _ = Attr(Child(info, NSSignature, "SignatureMethod"), "Algorithm")
	ref := Child(info, NSSignature, "Reference")
	s.Reference, _ = Attr(ref, "URI")
	s.DigestAlgorithm, _ = Attr(Child(ref, NSSignature, "DigestMethod"), "Algorithm")
	return s
}

// Bool reads an xs:boolean attribute; absent or unreadable is false.
func Bool(e *etree.Element, name string) bool {
	v, _ := Attr(e, name)
	b, err := strconv.ParseBool(v)
	return err == nil && b && (v == "true" || v == "1")
}
