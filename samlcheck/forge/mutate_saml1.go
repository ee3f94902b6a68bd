package forge

import (
	"errors"

	"github.com/beevik/etree"
)

// SAML1 replaces the response by one of SAML 1.1 that says the same: its
// Browser/POST profile, signed as a whole by the trusted key.
func SAML1() Mutation {
	return before("a response of SAML 1.1", func(r *etree.Element, _ Context) error {
		a, err := onlyAssertion(r)
		if err != nil {
			return err
		}
		name, by := findAll(a, nsAssertion, "NameID"), child(a, nsAssertion, "Issuer")
		conditions, data := child(a, nsAssertion, "Conditions"), findAll(a, nsAssertion, "SubjectConfirmationData")
		audience := findAll(a, nsAssertion, "Audience")
		if len(name) == 0 || by == nil || conditions == nil || len(data) == 0 || len(audience) == 0 {
			return errors.New("forge: the assertion lacks what a response of SAML 1.1 says")
		}
		said := old{
			id: r.SelectAttrValue("ID", ""), assertion: a.SelectAttrValue("ID", ""), at: a.SelectAttrValue("IssueInstant", ""),
			from: conditions.SelectAttrValue("NotBefore", ""), until: conditions.SelectAttrValue("NotOnOrAfter", ""),
			to: data[0].SelectAttrValue("Recipient", ""), by: by.Text(), who: name[0].Text(), audience: audience[0].Text(),
		}
		said.write(r)
		return nil
	})
}

// old is what a response of SAML 1.1 says.
type old struct{ id, assertion, at, from, until, to, by, who, audience string }

func (o old) write(r *etree.Element) {
	r.Child, r.Attr, r.Space, r.Tag = nil, nil, "samlp", "Response"
	for _, a := range [][2]string{
		{"xmlns:samlp", "urn:oasis:names:tc:SAML:1.0:protocol"}, {"ResponseID", o.id}, {"MajorVersion", "1"}, {"MinorVersion", "1"},
		{"IssueInstant", o.at}, {"Recipient", o.to},
	} {
		r.CreateAttr(a[0], a[1])
	}
	r.CreateElement("samlp:Status").CreateElement("samlp:StatusCode").CreateAttr("Value", "samlp:Success")
	a := r.CreateElement("saml:Assertion")
	for _, at := range [][2]string{
		{"xmlns:saml", "urn:oasis:names:tc:SAML:1.0:assertion"}, {"AssertionID", o.assertion}, {"MajorVersion", "1"}, {"MinorVersion", "1"},
		{"IssueInstant", o.at}, {"Issuer", o.by},
	} {
		a.CreateAttr(at[0], at[1])
	}
	c := a.CreateElement("saml:Conditions")
	c.CreateAttr("NotBefore", o.from)
	c.CreateAttr("NotOnOrAfter", o.until)
	c.CreateElement("saml:AudienceRestrictionCondition").CreateElement("saml:Audience").SetText(o.audience)
	s := a.CreateElement("saml:AuthenticationStatement")
	s.CreateAttr("AuthenticationInstant", o.at)
	s.CreateAttr("AuthenticationMethod", "urn:oasis:names:tc:SAML:1.0:am:password")
	subject := s.CreateElement("saml:Subject")
	subject.CreateElement("saml:NameIdentifier").SetText(o.who)
	subject.CreateElement("saml:SubjectConfirmation").CreateElement("saml:ConfirmationMethod").
		SetText("urn:oasis:names:tc:SAML:1.0:cm:bearer")
}
