package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var algorithmWeak = samlcheck.Check{
	ID:    "idpmetadata/algorithm-weak",
	Title: "The signature algorithms that are announced are known and strong.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.NIST.At("9"), cite.Kantara.At("IIP-ALG02")},
	Remedy: "Download the metadata again; if it stays so, ask whoever runs the identity provider to " +
		"take the weak ones from its list.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.AlgorithmsSound(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/extended.xml", Violated: "fixture:idp-metadata/algorithm-weak.xml"},
}
