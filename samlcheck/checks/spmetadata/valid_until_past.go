package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var validUntilPast = samlcheck.Check{
	ID:    "spmetadata/valid-until-past",
	Title: "The metadata is still valid.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.3.2"), cite.Kantara.At("IIP-MD04")},
	Remedy: "Download the metadata again: this copy has run out, and readers must refuse it. If the new one " +
		"has run out too, ask the vendor.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.StillValid(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/valid-until-past.xml"},
}
