package entra

import (
	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/idp"
)

var _ idp.LogoutProfile = (*Profile)(nil)

// SLO implements idp.LogoutProfile: one URL for everything.
func (p *Profile) SLO() string { return p.SSO() }

// SLOCallback implements idp.LogoutProfile.
func (p *Profile) SLOCallback() string { return p.SSO() }

// JudgeLogout implements idp.LogoutProfile. Signatures are not looked at, and the
// NameID "is not considered", as the documentation has it; HTTP-POST is not
// taken. Which code goes with that is [G].
func (p *Profile) JudgeLogout(a idp.LogoutAsk) (status string, no *idp.Refusal) {
	switch {
	case a.Binding != "HTTP-Redirect":
		return "", &idp.Refusal{Kind: idp.BadRequest, Code: "AADSTS75003", Detail: "The SAML protocol binding is not supported: logout messages go by HTTP-Redirect only."}
	case !a.Known:
		return "", &idp.Refusal{Kind: idp.UnknownSP, Issuer: a.Issuer, Detail: "the LogoutRequest's Issuer is no application's identifier"}
	}
	return idp.Success, nil
}

// LogoutRequest implements idp.LogoutProfile. No real one was found: its shape
// is that of Entra's other messages [G].
func (p *Profile) LogoutRequest(l idp.LogoutMessage) *etree.Document {
	doc, r := p.logout("samlp:LogoutRequest", l)
	id := r.CreateElement("NameID")
	if l.Subject.Format != "" {
		id.CreateAttr("Format", l.Subject.Format)
	}
	id.CreateAttr("xmlns", nsAssertion)
	id.SetText(l.Subject.NameID)
	if l.Subject.SessionIndex != "" {
		r.CreateElement("samlp:SessionIndex").SetText(l.Subject.SessionIndex)
	}
	return doc
}

// LogoutResponse implements idp.LogoutProfile. The documentation has two issuers
// for it; this is the one of all other messages.
func (p *Profile) LogoutResponse(l idp.LogoutMessage) *etree.Document {
	doc, r := p.logout("samlp:LogoutResponse", l)
	r.CreateElement("samlp:Status").CreateElement("samlp:StatusCode").CreateAttr("Value", l.Status)
	return doc
}

func (p *Profile) logout(name string, l idp.LogoutMessage) (*etree.Document, *etree.Element) {
	doc := etree.NewDocument()
	r := doc.CreateElement(name)
	r.CreateAttr("ID", l.ID)
	r.CreateAttr("Version", "2.0")
	r.CreateAttr("IssueInstant", stamp(l.Now))
	r.CreateAttr("Destination", l.Destination)
	if l.InResponseTo != "" {
		r.CreateAttr("InResponseTo", l.InResponseTo)
	}
	r.CreateAttr("xmlns:samlp", nsProtocol)
	issuer := r.CreateElement("Issuer")
	issuer.CreateAttr("xmlns", nsAssertion)
	issuer.SetText(p.EntityID())
	return doc, r
}
