package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var entityidSpace = samlcheck.Check{
	ID:    "idpmetadata/entityid-space",
	Title: "The entityID has no white space in it or around it.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.2.1"), cite.House.At("entityid-space")},
	Remedy: "Every response's Issuer is compared with it character by character. Download it again: in Okta " +
		"under Sign On > SAML Signing Certificates > View IdP metadata, in Entra the Federation Metadata " +
		"XML on the app's SAML page.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.EntityIDWithoutSpace(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/entityid-space.xml"},
}
