package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var protocolMissing = samlcheck.Check{
	ID:    "idpmetadata/protocol-missing",
	Title: "The IDPSSODescriptor says that it speaks SAML 2.0.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.4.1")},
	Remedy: "Service providers skip a role that does not. Download it again: in Okta under Sign On > SAML " +
		"Signing Certificates > View IdP metadata, in Entra the Federation Metadata XML on the app's " +
		"SAML page.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.SpeaksSAML2(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/protocol-missing.xml"},
}
