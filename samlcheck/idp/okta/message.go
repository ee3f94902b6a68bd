package okta

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/idp"
)

const (
	nsProtocol  = "urn:oasis:names:tc:SAML:2.0:protocol"
	nsAssertion = "urn:oasis:names:tc:SAML:2.0:assertion"
	nsSchema    = "http://www.w3.org/2001/XMLSchema"
	nsInstance  = "http://www.w3.org/2001/XMLSchema-instance"
	entity      = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity"
	formats     = "urn:oasis:names:tc:SAML:"
	nameFormats = formats + "2.0:attrname-format:"
	window      = 5 * time.Minute // on both sides of IssueInstant
)

// Attributes implements idp.Profile. Okta sends none unless the administrator
// wrote attribute statements; where he did, those and nothing else.
func (p *Profile) Attributes(l idp.Login) []idp.Attribute {
	if l.Set == nil && !l.Person.Only && len(p.set.Statements)+len(p.set.GroupStatements) > 0 {
		return idp.Merge(p.statements(l.Person))
	}
	return idp.Choose(l, nil)
}

// Response implements idp.Profile.
func (p *Profile) Response(l idp.Login) *etree.Document {
	doc := etree.NewDocument()
	doc.CreateProcInst("xml", `version="1.0" encoding="UTF-8"`)
	l = p.Settle(l)
	// The response declares xs where its own signature has to keep that prefix: not
	// where the typed values are encrypted.
	r := p.envelope(doc, l, l.Signing.Response && len(l.Set) > 0 && !p.set.Encrypt)
	status(r).CreateElement("saml2p:StatusCode").CreateAttr("Value", "urn:oasis:names:tc:SAML:2.0:status:Success")
	p.assertion(r, l)
	return doc
}

// Settle implements idp.Settler. The windows are computed from IssueInstant or a
// few milliseconds after it, the assertion's moment is the response's, and the
// class is the app's setting, which multi-factor sign-in does not change.
func (p *Profile) Settle(l idp.Login) idp.Login {
	if l.Set == nil {
		l.Set = given(p.Attributes(l))
	}
	if l.Format == "" {
		l.NameID, l.Format = p.nameID(l.Person), p.format(l)
	}
	if l.Reckoned.IsZero() {
		l.Reckoned = l.Now
	}
	if l.Issued.IsZero() {
		l.Issued = l.Now
	}
	if l.Context == "" {
		l.Context = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
	}
	if p.set.SessionLifetime != 0 { // from which moment Okta counts is [G]
		l.SessionEnds = l.Now.Add(p.set.SessionLifetime)
	}
	if l.SessionIndex == "" {
		l.SessionIndex = sessionIndex(l)
	}
	return l
}

// given is a set that is settled, be it empty.
func given(set []idp.Attribute) []idp.Attribute {
	if set == nil {
		return []idp.Attribute{}
	}
	return set
}

// sessionIndex is the request's ID where there was one, else Okta's own shape.
func sessionIndex(l idp.Login) string {
	if l.InResponseTo != "" {
		return l.InResponseTo
	}
	return fmt.Sprintf("id%d.%d", l.Now.UnixMilli(), number(l.AssertionID))
}

// Denial implements idp.Profile. Okta itself shows a page and sends nothing
// [G]; this is the message that it would have to send.
func (p *Profile) Denial(l idp.Login) *etree.Document {
	doc := etree.NewDocument()
	doc.CreateProcInst("xml", `version="1.0" encoding="UTF-8"`)
	code := status(p.envelope(doc, l, false)).CreateElement("saml2p:StatusCode")
	code.CreateAttr("Value", "urn:oasis:names:tc:SAML:2.0:status:Responder")
	code.CreateElement("saml2p:StatusCode").CreateAttr("Value", "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed")
	return doc
}

func (p *Profile) envelope(doc *etree.Document, l idp.Login, typed bool) *etree.Element {
	r := doc.CreateElement("saml2p:Response")
	r.CreateAttr("Destination", l.ACS)
	r.CreateAttr("ID", l.ResponseID)
	if l.InResponseTo != "" {
		r.CreateAttr("InResponseTo", l.InResponseTo)
	}
	r.CreateAttr("IssueInstant", stamp(l.Now))
	r.CreateAttr("Version", "2.0")
	r.CreateAttr("xmlns:saml2p", nsProtocol)
	if typed {
		r.CreateAttr("xmlns:xs", nsSchema)
	}
	p.issuer(r, true)
	return r
}

func status(r *etree.Element) *etree.Element {
	s := r.CreateElement("saml2p:Status")
	s.CreateAttr("xmlns:saml2p", nsProtocol)
	return s
}

func (p *Profile) issuer(parent *etree.Element, declare bool) {
	i := parent.CreateElement("saml2:Issuer")
	i.CreateAttr("Format", entity)
	if declare {
		i.CreateAttr("xmlns:saml2", nsAssertion)
	}
	i.SetText(p.EntityID())
}

// assertion repeats the namespace on each child exactly when the assertion is
// to be signed: an artefact of Okta's signing that is part of the digest.
func (p *Profile) assertion(r *etree.Element, l idp.Login) {
	signed := l.Signing.Assertion
	a := r.CreateElement("saml2:Assertion")
	a.CreateAttr("ID", l.AssertionID)
	a.CreateAttr("IssueInstant", stamp(l.Issued))
	a.CreateAttr("Version", "2.0")
	a.CreateAttr("xmlns:saml2", nsAssertion)
	if signed && len(l.Set) > 0 {
		a.CreateAttr("xmlns:xs", nsSchema)
	}
	p.issuer(a, signed)
	declare := func(e *etree.Element) {
		if signed {
			e.CreateAttr("xmlns:saml2", nsAssertion)
		}
	}
	subject := a.CreateElement("saml2:Subject")
	declare(subject)
	fillSubject(subject, l)
	conditions := a.CreateElement("saml2:Conditions")
	conditions.CreateAttr("NotBefore", stamp(l.Reckoned.Add(-window)))
	conditions.CreateAttr("NotOnOrAfter", stamp(l.Reckoned.Add(window)))
	declare(conditions)
	conditions.CreateElement("saml2:AudienceRestriction").CreateElement("saml2:Audience").SetText(p.audience(l))
	authn := a.CreateElement("saml2:AuthnStatement")
	authn.CreateAttr("AuthnInstant", stamp(l.AuthnInstant))
	authn.CreateAttr("SessionIndex", l.SessionIndex)
	if !l.SessionEnds.IsZero() {
		authn.CreateAttr("SessionNotOnOrAfter", stamp(l.SessionEnds))
	}
	declare(authn)
	authn.CreateElement("saml2:AuthnContext").CreateElement("saml2:AuthnContextClassRef").
		SetText(l.Context)
	if len(l.Set) == 0 {
		return
	}
	statement := a.CreateElement("saml2:AttributeStatement")
	declare(statement)
	for _, at := range l.Set {
		fillAttribute(statement.CreateElement("saml2:Attribute"), at)
	}
}

func fillSubject(subject *etree.Element, l idp.Login) {
	id := subject.CreateElement("saml2:NameID")
	id.CreateAttr("Format", l.Format)
	id.SetText(l.NameID)
	confirmation := subject.CreateElement("saml2:SubjectConfirmation")
	confirmation.CreateAttr("Method", "urn:oasis:names:tc:SAML:2.0:cm:bearer")
	data := confirmation.CreateElement("saml2:SubjectConfirmationData")
	if l.InResponseTo != "" {
		data.CreateAttr("InResponseTo", l.InResponseTo)
	}
	data.CreateAttr("NotOnOrAfter", stamp(l.Reckoned.Add(window)))
	data.CreateAttr("Recipient", l.ACS)
}

func fillAttribute(e *etree.Element, at idp.Attribute) {
	e.CreateAttr("Name", at.Name)
	nameFormat := at.Format
	if nameFormat == "" {
		nameFormat = nameFormats + "unspecified"
	}
	e.CreateAttr("NameFormat", nameFormat)
	for _, v := range at.Values {
		value := e.CreateElement("saml2:AttributeValue")
		value.CreateAttr("xmlns:xs", nsSchema)
		value.CreateAttr("xmlns:xsi", nsInstance)
		value.CreateAttr("xsi:type", "xs:string")
		value.SetText(v)
	}
}

// format is what the app is configured to send. Okta's current documentation
// says that a request's NameIDPolicy must agree with it; where the target file
// leaves the format open, this app is one that agrees. The value stays the
// application username whatever the format.
func (p *Profile) format(l idp.Login) string {
	offered := []string{
		"1.1:nameid-format:unspecified", "1.1:nameid-format:emailAddress",
		"2.0:nameid-format:persistent", "2.0:nameid-format:transient",
	}
	switch {
	case l.NameIDFormat != "":
		return l.NameIDFormat
	case p.set.NameIDFormat != "":
		return idp.NameIDFormat(p.set.NameIDFormat)
	case slices.Contains(offered, strings.TrimPrefix(l.AskedFormat, formats)):
		return l.AskedFormat
	}
	return formats + "1.1:nameid-format:unspecified"
}

func (p *Profile) audience(l idp.Login) string {
	if p.set.Audience != "" {
		return p.set.Audience
	}
	return l.SP
}
