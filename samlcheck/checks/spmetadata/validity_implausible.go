package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var validityImplausible = samlcheck.Check{
	ID:    "spmetadata/validity-implausible",
	Title: "validUntil and cacheDuration can be lived with.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.3.2"), cite.House.At("validity-implausible")},
	Remedy: "Readers that refresh by it will do so without end or never. Ask the vendor to correct the " +
		"value; Okta and Entra read the file once.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.ValidityPlausible(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/validity-implausible.xml"},
}
