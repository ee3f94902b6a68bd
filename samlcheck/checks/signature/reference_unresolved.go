package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var referenceUnresolved = samlcheck.Check{
	ID:    "signature/reference-unresolved",
	Title: "A signature that refers to nothing at all is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.XMLDSig.At("3.2"), cite.CVE.At("CVE-2025-66568")},
	Remedy: "Who gets the identity provider to sign such a thing once can be anybody for ever. Ask the vendor to " +
		"demand that a signature refers, by its ID, to the very element that it stands in.",
	Trials: expect.Unsound(expect.AnyShape, expect.Each(
		forge.ReferenceUnresolved(),
	)...),
	Judge: expect.RefusedInShapes,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:loose-reference"},
}
