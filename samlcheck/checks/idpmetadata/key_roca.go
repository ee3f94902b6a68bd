package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var keyRoca = samlcheck.Check{
	ID:    "idpmetadata/key-roca",
	Title: "No key can be broken by ROCA.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.CVE.At("CVE-2017-15361")},
	Remedy: "Whoever has this certificate can compute the private key and sign in as anybody. Make a " +
		"new signing certificate at once.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.KeysNotROCA(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/key-roca.xml"},
}
