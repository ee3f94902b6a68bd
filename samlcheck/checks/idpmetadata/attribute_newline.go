package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var attributeNewline = samlcheck.Check{
	ID:    "idpmetadata/attribute-newline",
	Title: "No attribute value is broken over lines.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("attribute-newline")},
	Remedy: "Somebody's editor has broken a line inside a value. Download it again: in Okta under Sign On > " +
		"SAML Signing Certificates > View IdP metadata, in Entra the Federation Metadata XML on the " +
		"app's SAML page.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.NoNewlines(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/attribute-newline.xml"},
}
