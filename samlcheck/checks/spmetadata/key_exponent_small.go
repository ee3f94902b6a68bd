package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var keyExponentSmall = samlcheck.Check{
	ID:    "spmetadata/key-exponent-small",
	Title: "RSA keys have the exponent 65537 or more.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("key-exponent-small")},
	Remedy: "Such keys come from old software, and many libraries refuse them. Ask the vendor for a new " +
		"certificate, and upload it in Okta or Entra.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.KeyExponents(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/key-exponent-small.xml"},
}
