package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var validUntilPast = samlcheck.Check{
	ID:    "idpmetadata/valid-until-past",
	Title: "The metadata is still valid.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.3.2"), cite.Kantara.At("IIP-MD04")},
	Remedy: "This copy has run out, and readers must refuse it. Download it again: in Okta under Sign On > " +
		"SAML Signing Certificates > View IdP metadata, in Entra the Federation Metadata XML on the " +
		"app's SAML page.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.StillValid(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/valid-until-past.xml"},
}
