package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var ssoMissing = samlcheck.Check{
	ID:    "idpmetadata/sso-missing",
	Title: "There is a SingleSignOnService to send requests to.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.4.3")},
	Remedy: "Service providers refuse such a file. Download it again: in Okta under Sign On > SAML Signing " +
		"Certificates > View IdP metadata, in Entra the Federation Metadata XML on the app's SAML page.",
	Reads: samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		idp := expect.IdP(c)
		if n := len(idp.SSO()); n > 0 {
			return samlcheck.Holds("there are %d single sign-on services", n)
		}
		return expect.None([]transcript.Ref{idp.At(idp.Role, "IDPSSODescriptor")}, "", "there is no SingleSignOnService")
	},
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/sso-missing.xml"},
}
