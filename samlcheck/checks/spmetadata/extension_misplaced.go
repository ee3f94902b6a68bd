package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var extensionMisplaced = samlcheck.Check{
	ID:    "spmetadata/extension-misplaced",
	Title: "Extensions stand where readers look for them.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("extension-misplaced")},
	Remedy: "Nothing has to be done for a login: readers overlook what stands elsewhere. Ask the vendor " +
		"to move it.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.ExtensionsInPlace(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/extension-misplaced.xml"},
}
