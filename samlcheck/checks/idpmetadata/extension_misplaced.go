package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var extensionMisplaced = samlcheck.Check{
	ID:    "idpmetadata/extension-misplaced",
	Title: "Extensions stand where readers look for them.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("extension-misplaced")},
	Remedy: "Nothing has to be done for a login: readers overlook what stands elsewhere. Ask whoever " +
		"runs the identity provider to move it.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.ExtensionsInPlace(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/extended.xml", Violated: "fixture:idp-metadata/extension-misplaced.xml"},
}
