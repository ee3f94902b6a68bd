package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var entityidSpace = samlcheck.Check{
	ID:    "spmetadata/entityid-space",
	Title: "The entityID has no white space in it or around it.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.2.1"), cite.House.At("entityid-space")},
	Remedy: "Ask the vendor to publish the entityID without white space: Okta and Entra compare it with the " +
		"Audience character by character, and a copied space or line break makes them differ.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.EntityIDWithoutSpace(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/entityid-space.xml"},
}
