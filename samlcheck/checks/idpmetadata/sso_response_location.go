package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var ssoResponseLocation = samlcheck.Check{
	ID:    "idpmetadata/sso-response-location",
	Title: "A SingleSignOnService has no ResponseLocation.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.4.3")},
	Remedy: "The standard forbids it here, and strict readers refuse the file. Download it again: in Okta " +
		"under Sign On > SAML Signing Certificates > View IdP metadata, in Entra the Federation Metadata " +
		"XML on the app's SAML page.",
	Reads: samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		idp := expect.IdP(c)
		if len(idp.SSO()) == 0 {
			return samlcheck.NotApplicable("there is no SingleSignOnService")
		}
		var bad []transcript.Ref
		for _, sso := range idp.SSO() {
			if sso.ResponseLocation != "" {
				bad = append(bad, idp.At(sso.Element, sso.ResponseLocation))
			}
		}
		return expect.None(bad, "none has a ResponseLocation", "ResponseLocation on a SingleSignOnService")
	},
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/sso-response-location.xml"},
}
