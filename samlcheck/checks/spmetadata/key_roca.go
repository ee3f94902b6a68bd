package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var keyRoca = samlcheck.Check{
	ID:    "spmetadata/key-roca",
	Title: "No key can be broken by ROCA.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.CVE.At("CVE-2017-15361")},
	Remedy: "Whoever has this certificate can compute the private key, sign requests and read encrypted " +
		"assertions. Ask the vendor to replace the key at once; until then leave encryption and the check " +
		"of signed requests off in Okta and Entra.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.KeysNotROCA(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/key-roca.xml"},
}
