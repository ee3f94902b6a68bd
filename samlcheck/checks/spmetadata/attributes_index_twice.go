package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var attributesIndexTwice = samlcheck.Check{
	ID:    "spmetadata/attributes-index-twice",
	Title: "No two AttributeConsumingServices share an index.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.4.4.1")},
	Remedy: "Okta and Entra do not read it: choose the attributes by hand, under Attribute Statements " +
		"in Okta and Attributes & Claims in Entra. Ask the vendor to number the sets differently.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.IndexesUnique(expect.SP, "AttributeConsumingService"),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/attributes-index-twice.xml"},
}
