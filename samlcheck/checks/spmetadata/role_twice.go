package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var roleTwice = samlcheck.Check{
	ID:    "spmetadata/role-twice",
	Title: "The service provider has one role for SAML 2.0.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.3.2"), cite.House.At("role-twice")},
	Remedy: "Ask the vendor which SPSSODescriptor is meant. Compare what Okta or Entra took from the " +
		"file with it, or enter the values by hand.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.OneRole(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/role-twice.xml"},
}
