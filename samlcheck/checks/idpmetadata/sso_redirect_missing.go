package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

var ssoRedirectMissing = samlcheck.Check{
	ID:    "idpmetadata/sso-redirect-missing",
	Title: "One SingleSignOnService takes HTTP-Redirect.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Kantara.At("IIP-SSO02")},
	Remedy: "Most service providers send their requests by HTTP-Redirect. Okta and Entra offer it: download " +
		"it again: in Okta under Sign On > SAML Signing Certificates > View IdP metadata, in Entra the " +
		"Federation Metadata XML on the app's SAML page.",
	Reads: samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		idp := expect.IdP(c)
		if len(idp.SSO()) == 0 {
			return samlcheck.NotApplicable("there is no SingleSignOnService")
		}
		for _, sso := range idp.SSO() {
			if sso.Binding == message.Redirect {
				return samlcheck.Holds("%s takes HTTP-Redirect", expect.Excerpt(sso.Location))
			}
		}
		return expect.None([]transcript.Ref{idp.At(idp.Role, "IDPSSODescriptor")}, "", "no SingleSignOnService takes HTTP-Redirect")
	},
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/sso-redirect-missing.xml"},
}
