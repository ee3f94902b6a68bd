package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var referenceNone = samlcheck.Check{
	ID:    "signature/reference-none",
	Title: "A signature without a reference is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.XMLDSig.At("3.2")},
	Remedy: "Who gets the identity provider to sign such a thing once can be anybody for ever. Ask the vendor to " +
		"demand one reference, to the very element that the signature stands in.",
	Trials: expect.Unsound(expect.AnyShape, expect.Each(
		forge.NoReference(),
	)...),
	Judge: expect.RefusedInShapes,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:no-reference"},
}
