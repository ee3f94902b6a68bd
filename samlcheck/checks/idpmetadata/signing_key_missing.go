package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var signingKeyMissing = samlcheck.Check{
	ID:    "idpmetadata/signing-key-missing",
	Title: "There is a certificate to verify responses with.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.4.1.1"), cite.Profiles.At("4.1.4.5")},
	Remedy: "Without it no response can be accepted. Download it again: in Okta under Sign On > SAML Signing " +
		"Certificates > View IdP metadata, in Entra the Federation Metadata XML on the app's SAML page.",
	Reads: samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		idp := expect.IdP(c)
		if n := len(idp.Keys(idp.Role, "signing")); n > 0 {
			return samlcheck.Holds("there are %d signing keys", n)
		}
		return expect.None([]transcript.Ref{idp.At(idp.Role, "IDPSSODescriptor")}, "", "no signing key is published")
	},
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/signing-key-missing.xml"},
}
