package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var algorithmMisplaced = samlcheck.Check{
	ID:    "idpmetadata/algorithm-misplaced",
	Title: "Signature algorithms are announced where readers look for them.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("algorithm-misplaced")},
	Remedy: "Readers overlook the list, so defaults apply. Ask whoever runs the identity provider to " +
		"move it into Extensions.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.AlgorithmsInPlace(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/extended.xml", Violated: "fixture:idp-metadata/algorithm-misplaced.xml"},
}
