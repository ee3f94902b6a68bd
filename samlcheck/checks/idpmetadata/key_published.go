package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var keyPublished = samlcheck.Check{
	ID:    "idpmetadata/key-published",
	Title: "No key is an example whose private half is public.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("key-published")},
	Remedy: "The identity provider still uses the key that came with its software: anybody can sign in " +
		"as anybody. Make a new signing certificate at once.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.KeysPrivate(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/key-published.xml"},
}
