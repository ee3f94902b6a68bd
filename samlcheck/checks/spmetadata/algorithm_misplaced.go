package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var algorithmMisplaced = samlcheck.Check{
	ID:    "spmetadata/algorithm-misplaced",
	Title: "Signature algorithms are announced where readers look for them.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("algorithm-misplaced")},
	Remedy: "Readers overlook the list, so defaults apply: RSA-SHA256 in Okta and Entra. Ask the vendor " +
		"to move it into Extensions.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.AlgorithmsInPlace(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/algorithm-misplaced.xml"},
}
