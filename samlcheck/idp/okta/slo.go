package okta

import (
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/idp"
)

var _ idp.LogoutProfile = (*Profile)(nil)

const statusCodes = "urn:oasis:names:tc:SAML:2.0:status:"

// SLO implements idp.LogoutProfile: nothing while the app has no single logout.
func (p *Profile) SLO() string {
	if !p.slo {
		return ""
	}
	return strings.TrimSuffix(p.SSO(), "/sso/saml") + "/slo/saml"
}

// SLOCallback implements idp.LogoutProfile.
func (p *Profile) SLOCallback() string {
	return strings.TrimSuffix(p.SSO(), "/sso/saml") + "/slo/saml/callback"
}

// JudgeLogout implements idp.LogoutProfile. Failures are LogoutResponses and not
// pages: AuthnFailed where the signature is missing or bad, RequestDenied where
// the issuer is not the app's. That both stand as the one, outer status code is
// how issues quote them; RequestDenied for who is not signed in is [G].
func (p *Profile) JudgeLogout(a idp.LogoutAsk) (status string, no *idp.Refusal) {
	switch {
	case a.Signature != nil:
		return statusCodes + "AuthnFailed", nil
	case !a.Known || !a.Session:
		return statusCodes + "RequestDenied", nil
	}
	return idp.Success, nil
}

// LogoutRequest implements idp.LogoutProfile. No real one was found: its shape
// is that of Okta's other messages [G].
func (p *Profile) LogoutRequest(l idp.LogoutMessage) *etree.Document {
	doc, r := p.logout("saml2p:LogoutRequest", l)
	id := r.CreateElement("saml2:NameID")
	if l.Subject.Format != "" {
		id.CreateAttr("Format", l.Subject.Format)
	}
	id.CreateAttr("xmlns:saml2", nsAssertion)
	id.SetText(l.Subject.NameID)
	if l.Subject.SessionIndex != "" {
		r.CreateElement("saml2p:SessionIndex").SetText(l.Subject.SessionIndex)
	}
	return doc
}

// LogoutResponse implements idp.LogoutProfile.
func (p *Profile) LogoutResponse(l idp.LogoutMessage) *etree.Document {
	doc, r := p.logout("saml2p:LogoutResponse", l)
	status(r).CreateElement("saml2p:StatusCode").CreateAttr("Value", l.Status)
	return doc
}

func (p *Profile) logout(name string, l idp.LogoutMessage) (*etree.Document, *etree.Element) {
	doc := etree.NewDocument()
	doc.CreateProcInst("xml", `version="1.0" encoding="UTF-8"`)
	r := doc.CreateElement(name)
	r.CreateAttr("Destination", l.Destination)
	r.CreateAttr("ID", l.ID)
	if l.InResponseTo != "" {
		r.CreateAttr("InResponseTo", l.InResponseTo)
	}
	r.CreateAttr("IssueInstant", stamp(l.Now))
	r.CreateAttr("Version", "2.0")
	r.CreateAttr("xmlns:saml2p", nsProtocol)
	p.issuer(r, true)
	return doc, r
}
