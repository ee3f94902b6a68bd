package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

// Core and Metadata bind to the schema, yet Okta, Entra and most services read leniently: a warning.
var schema = samlcheck.Check{
	ID:    "idpmetadata/schema",
	Title: "The metadata follows SAML's XML schema.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.3.2"), cite.House.At("schema")},
	Remedy: "Download the metadata again; if it stays so, ask whoever runs the identity provider to " +
		"correct what is named; until then enter the values by hand at the service provider.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.FollowsSchema(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/extended.xml", Violated: "fixture:idp-metadata/schema.xml"},
}
