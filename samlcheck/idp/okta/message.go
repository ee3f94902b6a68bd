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
	set := p.Attributes(l)
	// The response declares xs where its own signature has to keep that prefix: not
	// where the typed values are encrypted.
	r := p.envelope(doc, l, l.Signing.Response && len(set) > 0 && !p.set.Encrypt)
	status(r).CreateElement("saml2p:StatusCode").CreateAttr("Value", "urn:oasis:names:tc:SAML:2.0:status:Success")
	p.assertion(r, l, set)
	return doc
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
func (p *Profile) assertion(r *etree.Element, l idp.Login, set []idp.Attribute) {
	signed := l.Signing.Assertion
	a := r.CreateElement("saml2:Assertion")
	a.CreateAttr("ID", l.AssertionID)
	a.CreateAttr("IssueInstant", stamp(issued(l)))
	a.CreateAttr("Version", "2.0")
	a.CreateAttr("xmlns:saml2", nsAssertion)
	if signed && len(set) > 0 {
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
	p.fillSubject(subject, l)
	conditions := a.CreateElement("saml2:Conditions")
	conditions.CreateAttr("NotBefore", stamp(reckoned(l).Add(-window)))
	conditions.CreateAttr("NotOnOrAfter", stamp(reckoned(l).Add(window)))
	declare(conditions)
	conditions.CreateElement("saml2:AudienceRestriction").CreateElement("saml2:Audience").SetText(p.audience(l))
	authn := a.CreateElement("saml2:AuthnStatement")
	authn.CreateAttr("AuthnInstant", stamp(l.AuthnInstant))
	authn.CreateAttr("SessionIndex", sessionIndex(l))
	if ends := p.sessionEnds(l); !ends.IsZero() {
		authn.CreateAttr("SessionNotOnOrAfter", stamp(ends))
	}
	declare(authn)
	authn.CreateElement("saml2:AuthnContext").CreateElement("saml2:AuthnContextClassRef").
		SetText(context(l))
	if len(set) == 0 {
		return
	}
	statement := a.CreateElement("saml2:AttributeStatement")
	declare(statement)
	for _, at := range set {
		fillAttribute(statement.CreateElement("saml2:Attribute"), at)
	}
}

func (p *Profile) fillSubject(subject *etree.Element, l idp.Login) {
	id := subject.CreateElement("saml2:NameID")
	id.CreateAttr("Format", p.format(l))
	id.SetText(p.nameID(l.Person))
	confirmation := subject.CreateElement("saml2:SubjectConfirmation")
	confirmation.CreateAttr("Method", "urn:oasis:names:tc:SAML:2.0:cm:bearer")
	data := confirmation.CreateElement("saml2:SubjectConfirmationData")
	if l.InResponseTo != "" {
		data.CreateAttr("InResponseTo", l.InResponseTo)
	}
	data.CreateAttr("NotOnOrAfter", stamp(reckoned(l).Add(window)))
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

// reckoned is the moment from which the windows are computed: IssueInstant, or a
// few milliseconds after it.
func reckoned(l idp.Login) time.Time {
	if !l.Reckoned.IsZero() {
		return l.Reckoned
	}
	return l.Now
}

func (p *Profile) audience(l idp.Login) string {
	if p.set.Audience != "" {
		return p.set.Audience
	}
	return l.SP
}

// sessionEnds is when the app's session has to end. From which moment Okta
// counts is [G].
func (p *Profile) sessionEnds(l idp.Login) time.Time {
	if p.set.SessionLifetime == 0 {
		return l.SessionEnds
	}
	return l.Now.Add(p.set.SessionLifetime)
}

// issued is the assertion's moment, which is the response's.
func issued(l idp.Login) time.Time {
	if !l.Issued.IsZero() {
		return l.Issued
	}
	return l.Now
}

// context is the class of the app's setting, which multi-factor sign-in does not
// change.
func context(l idp.Login) string {
	if l.Context != "" {
		return l.Context
	}
	return "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
}

// sessionIndex is the request's ID where there was one, else Okta's own shape.
func sessionIndex(l idp.Login) string {
	if l.SessionIndex != "" {
		return l.SessionIndex
	}
	if l.InResponseTo != "" {
		return l.InResponseTo
	}
	return fmt.Sprintf("id%d.%d", l.Now.UnixMilli(), number(l.AssertionID))
}
