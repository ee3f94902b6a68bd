package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var keySizeImplausible = samlcheck.Check{
	ID:    "spmetadata/key-size-implausible",
	Title: "The key sizes that are announced leave room for a key.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("key-size-implausible")},
	Remedy: "Nothing has to be done in Okta or Entra, which do not read them. Ask the vendor to correct " +
		"MinKeySize and MaxKeySize.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.KeySizesPlausible(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/key-size-implausible.xml"},
}
