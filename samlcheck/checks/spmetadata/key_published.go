package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var keyPublished = samlcheck.Check{
	ID:    "spmetadata/key-published",
	Title: "No key is an example whose private half is public.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("key-published")},
	Remedy: "The service still uses the key that came with its software: anybody can sign its requests " +
		"and read assertions encrypted to it. Ask the vendor to make its own; until then leave encryption " +
		"and the check of signed requests off in Okta and Entra.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.KeysPrivate(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/key-published.xml"},
}
