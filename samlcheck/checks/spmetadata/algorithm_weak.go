package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var algorithmWeak = samlcheck.Check{
	ID:    "spmetadata/algorithm-weak",
	Title: "The signature algorithms that are announced are known and strong.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.NIST.At("9"), cite.Kantara.At("IIP-ALG02")},
	Remedy: "Keep RSA-SHA256 in Okta and Entra, whatever is listed, and ask the vendor to take the weak " +
		"ones from its list.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.AlgorithmsSound(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/algorithm-weak.xml"},
}
