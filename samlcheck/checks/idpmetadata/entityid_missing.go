package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var entityidMissing = samlcheck.Check{
	ID:    "idpmetadata/entityid-missing",
	Title: "The identity provider's metadata has an entityID.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.3.2")},
	Remedy: "The file is damaged or made by hand. Download it again: in Okta under Sign On > SAML Signing " +
		"Certificates > View IdP metadata, in Entra the Federation Metadata XML on the app's SAML page.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.EntityIDThere(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/entityid-missing.xml"},
}
