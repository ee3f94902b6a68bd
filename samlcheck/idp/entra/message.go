package entra

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/idp"
)

const (
	nsProtocol  = "urn:oasis:names:tc:SAML:2.0:protocol"
	nsAssertion = "urn:oasis:names:tc:SAML:2.0:assertion"
	claims      = "http://schemas.microsoft.com/identity/claims/"

	before = 5 * time.Minute
	after  = 60 * time.Minute
)

// Attributes implements idp.Profile: the block that Entra always sends, then
// the claims of a new application. A claim without a source is left out.
func (p *Profile) Attributes(l idp.Login) []idp.Attribute {
	w := l.Person
	if l.Set != nil || w.Only {
		return p.overage(w, idp.Choose(l, nil)) // nothing of Entra's own
	}
	always := make([]idp.Attribute, 0, 12)
	always = append(always,
		idp.Attribute{Name: claims + "tenantid", Values: []string{p.tenant}},
		idp.Attribute{Name: claims + "objectidentifier", Values: []string{p.objectID(w)}},
		idp.Attribute{Name: claims + "displayname", Values: one(w.DisplayName)},
	)
	if l.Rich && p.set.Claims == nil || p.set.GroupClaims {
		always = append(always, idp.Attribute{Name: idp.ClaimGroups, Values: w.Groups})
	}
	always = append(always,
		idp.Attribute{Name: claims + "identityprovider", Values: []string{p.EntityID()}},
		idp.Attribute{Name: "http://schemas.microsoft.com/claims/authnmethodsreferences", Values: []string{
			"http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/password",
			"http://schemas.microsoft.com/claims/multipleauthn",
		}},
	)
	always = append(always, p.claims(w)...)
	if p.set.Claims != nil {
		return p.overage(w, idp.Merge(always)) // what the administrator wrote, and nothing else
	}
	return p.overage(w, idp.Choose(l, always))
}

// Response implements idp.Profile.
func (p *Profile) Response(l idp.Login) *etree.Document {
	l = p.Settle(l)
	doc := etree.NewDocument()
	r := p.envelope(doc, l)
	r.CreateElement("samlp:Status").CreateElement("samlp:StatusCode").
		CreateAttr("Value", "urn:oasis:names:tc:SAML:2.0:status:Success")
	p.assertion(r, l)
	return doc
}

// Settle implements idp.Settler.
func (p *Profile) Settle(l idp.Login) idp.Login {
	if l.Set == nil {
		if l.Set = p.Attributes(l); l.Set == nil {
			l.Set = []idp.Attribute{}
		}
	}
	if l.Format == "" {
		l.NameID, l.Format = p.nameID(l)
	}
	if l.Reckoned.IsZero() {
		l.Reckoned = reckoned(l)
	}
	if l.Issued.IsZero() {
		l.Issued = issued(l)
	}
	if l.Context == "" {
		l.Context = context(l)
	}
	l.SessionIndex = l.AssertionID
	return l
}

// Denial implements idp.Profile. Entra itself shows a page; the one error
// Response in its documentation has this status [D, 2013 sample].
func (p *Profile) Denial(l idp.Login) *etree.Document {
	doc := etree.NewDocument()
	status := p.envelope(doc, l).CreateElement("samlp:Status")
	code := status.CreateElement("samlp:StatusCode")
	code.CreateAttr("Value", "urn:oasis:names:tc:SAML:2.0:status:Responder")
	code.CreateElement("samlp:StatusCode").CreateAttr("Value", "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed")
	return doc
}

func (p *Profile) envelope(doc *etree.Document, l idp.Login) *etree.Element {
	r := doc.CreateElement("samlp:Response")
	r.CreateAttr("ID", l.ResponseID)
	r.CreateAttr("Version", "2.0")
	r.CreateAttr("IssueInstant", stamp(l.Now))
	r.CreateAttr("Destination", l.ACS)
	if l.InResponseTo != "" {
		r.CreateAttr("InResponseTo", l.InResponseTo)
	}
	r.CreateAttr("xmlns:samlp", nsProtocol)
	issuer := r.CreateElement("Issuer")
	issuer.CreateAttr("xmlns", nsAssertion)
	issuer.SetText(p.EntityID())
	return r
}

func (p *Profile) assertion(r *etree.Element, l idp.Login) {
	a := r.CreateElement("Assertion")
	a.CreateAttr("ID", l.AssertionID)
	a.CreateAttr("IssueInstant", stamp(l.Issued))
	a.CreateAttr("Version", "2.0")
	a.CreateAttr("xmlns", nsAssertion)
	a.CreateElement("Issuer").SetText(p.EntityID())
	fillSubject(a.CreateElement("Subject"), l)
	conditions := a.CreateElement("Conditions")
	conditions.CreateAttr("NotBefore", stamp(l.Reckoned.Add(-before)))
	conditions.CreateAttr("NotOnOrAfter", stamp(l.Reckoned.Add(after)))
	conditions.CreateElement("AudienceRestriction").CreateElement("Audience").SetText(p.audience(l))
	if len(l.Set) > 0 {
		statement := a.CreateElement("AttributeStatement")
		for _, at := range l.Set {
			e := statement.CreateElement("Attribute")
			e.CreateAttr("Name", at.Name)
			for _, v := range at.Values {
				e.CreateElement("AttributeValue").SetText(v)
			}
		}
	}
	authn := a.CreateElement("AuthnStatement")
	authn.CreateAttr("AuthnInstant", stamp(l.AuthnInstant))
	authn.CreateAttr("SessionIndex", l.AssertionID)
	authn.CreateElement("AuthnContext").CreateElement("AuthnContextClassRef").SetText(l.Context)
}

// nameID is the person's NameID and its format. The request's NameIDPolicy wins
// over what the administrator chose. For a persistent or transient one Entra
// makes a value of its own, unless the target file names the value to send.
func (p *Profile) nameID(l idp.Login) (value, format string) {
	if format = l.NameIDFormat; format == "" {
		format = idp.NameIDFormat(p.set.NameIDFormat)
	}
	if l.AskedFormat != "" && l.AskedFormat != formatUnspecified {
		format = l.AskedFormat
	}
	value = p.source(l.Person)
	named := p.set.NameID == "" && l.Person.NameID != "" && l.Person.NameID != l.Person.Email && l.Person.NameID != l.Person.Username
	switch {
	case format == "":
		format = formatEmail
	case named:
	case format == formatPersistent:
		value = digest(p.tenant, l.SP, l.Person.Email)
	case format == formatTransient: // its shape is [G]
		value = digest(l.AssertionID, l.SP, l.Person.Email)
	}
	return value, format
}

// digest is 43 characters of base64url: the shape of a pairwise identifier.
func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// reckoned is the moment from which the windows are computed: 110 to 309 ms
// before IssueInstant, the same for the same response.
func reckoned(l idp.Login) time.Time {
	sum := sha256.Sum256([]byte(l.ResponseID))
	return l.Now.Add(-time.Duration(110+int(sum[0])*200/256) * time.Millisecond)
}

// issued is the assertion's own moment: 0 to 16 ms before the response's, the
// same for the same response.
func issued(l idp.Login) time.Time {
	sum := sha256.Sum256([]byte(l.ResponseID))
	return l.Now.Add(-time.Duration(sum[1]%17) * time.Millisecond)
}

// context is how the person signed in: by password, and called by its longer
// name where the request asks for that.
func context(l idp.Login) string {
	if l.AskedContext == contextTransport {
		return contextTransport
	}
	return contextPassword
}

func fillSubject(subject *etree.Element, l idp.Login) {
	id := subject.CreateElement("NameID")
	id.CreateAttr("Format", l.Format)
	id.SetText(l.NameID)
	confirmation := subject.CreateElement("SubjectConfirmation")
	confirmation.CreateAttr("Method", "urn:oasis:names:tc:SAML:2.0:cm:bearer")
	data := confirmation.CreateElement("SubjectConfirmationData")
	if l.InResponseTo != "" {
		data.CreateAttr("InResponseTo", l.InResponseTo)
	}
	data.CreateAttr("NotOnOrAfter", stamp(l.Reckoned.Add(after)))
	data.CreateAttr("Recipient", l.ACS)
}

func one(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// Serialize implements idp.Profile: no XML declaration, one line.
func (p *Profile) Serialize(doc *etree.Document) ([]byte, error) {
	doc.WriteSettings = etree.WriteSettings{CanonicalText: true, CanonicalAttrVal: true}
	out, err := doc.WriteToBytes()
	if err != nil {
		return nil, fmt.Errorf("entra: serialize: %w", err)
	}
	return out, nil
}
