package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var roleTwice = samlcheck.Check{
	ID:    "idpmetadata/role-twice",
	Title: "The identity provider has one role for SAML 2.0.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.3.2"), cite.House.At("role-twice")},
	Remedy: "Ask whoever runs the identity provider which IDPSSODescriptor is meant, and give the " +
		"service provider a file with that one alone.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.OneRole(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/role-twice.xml"},
}
