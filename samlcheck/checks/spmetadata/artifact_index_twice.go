package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var artifactIndexTwice = samlcheck.Check{
	ID:    "spmetadata/artifact-index-twice",
	Title: "No two ArtifactResolutionServices share an index.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.2.3")},
	Remedy: "Nothing has to be done for Okta and Entra, which resolve no artifacts. Ask the vendor to " +
		"number them differently.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.IndexesUnique(expect.SP, "ArtifactResolutionService"),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/artifact-index-twice.xml"},
}
