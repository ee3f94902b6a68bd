package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var empty = samlcheck.Check{
	ID:    "signature/empty",
	Title: "A response whose Signature is empty is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.XMLDSig.At("3.2")},
	Remedy: "Anybody can write such a response and be anybody. Treat it as an incident: switch SAML login off until " +
		"the vendor verifies signatures and does not merely look for one.",
	Trials: expect.Spoilt(expect.AnyShape, expect.Each(forge.EmptySignature())...),
	Judge:  expect.RefusedInShapes,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:signature"},
}
