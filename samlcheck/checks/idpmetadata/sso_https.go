package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

var ssoHttps = samlcheck.Check{
	ID:    "idpmetadata/sso-https",
	Title: "Every SingleSignOnService is reached over TLS.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Bindings.At("3.4.5"), cite.House.At("sso-https")},
	Remedy: "Okta and Entra always use https: somebody has changed the file, or it is of another identity " +
		"provider. Download it again: in Okta under Sign On > SAML Signing Certificates > View IdP " +
		"metadata, in Entra the Federation Metadata XML on the app's SAML page.",
	Reads: samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		idp := expect.IdP(c)
		if len(idp.SSO()) == 0 {
			return samlcheck.NotApplicable("there is no SingleSignOnService")
		}
		var bad []transcript.Ref
		for _, sso := range idp.SSO() {
			if metadata.Plain(sso.Location) {
				bad = append(bad, idp.At(sso.Element, sso.Location))
			}
		}
		return expect.None(bad, "every endpoint uses https, or is on this machine", "endpoints without TLS")
	},
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/sso-https.xml"},
}
