package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var algorithmUnknown = samlcheck.Check{
	ID:    "signature/algorithm-unknown",
	Title: "A signature by an algorithm that does not exist, or that is not named, is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.XMLDSig.At("6.1"), cite.XMLDSig.At("3.2")},
	Remedy: "Anybody can write such a response and be anybody. Treat it as an incident: switch SAML login off until " +
		"the vendor refuses every signature that it cannot verify.",
	Trials: expect.Unsound(expect.AnyShape, expect.Each(
		forge.UnknownAlgorithm(),
		forge.NoAlgorithm(),
	)...),
	Judge: expect.RefusedInShapes,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:unknown-algorithm"},
}
