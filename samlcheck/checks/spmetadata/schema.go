package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

// Core and Metadata bind to the schema, yet Okta, Entra and most services read leniently: a warning.
var schema = samlcheck.Check{
	ID:    "spmetadata/schema",
	Title: "The metadata follows SAML's XML schema.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.3.2"), cite.House.At("schema")},
	Remedy: "Most readers are lenient; strict ones refuse the whole file. Ask the vendor to correct " +
		"what is named, and enter the values by hand in Okta or Entra until then.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.FollowsSchema(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/schema.xml"},
}
