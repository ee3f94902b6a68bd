package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var validityImplausible = samlcheck.Check{
	ID:    "idpmetadata/validity-implausible",
	Title: "validUntil and cacheDuration can be lived with.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.3.2"), cite.House.At("validity-implausible")},
	Remedy: "Services that refresh by it will do so without end or never. Ask whoever runs the identity " +
		"provider to correct the value.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.ValidityPlausible(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/extended.xml", Violated: "fixture:idp-metadata/validity-implausible.xml"},
}
