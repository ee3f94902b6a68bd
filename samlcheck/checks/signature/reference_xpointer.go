package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var referenceXpointer = samlcheck.Check{
	ID:     "signature/reference-xpointer",
	Title:  "A signature that refers by XPointer is refused.",
	Level:  samlcheck.Should,
	Reach:  samlcheck.KeyHolder,
	Cites:  []cite.Clause{cite.Core.At("5.4.2")},
	Remedy: "Ask the vendor to demand that a signature refers, by its ID, to the very element that it stands in.",
	Trials: expect.Unsound(expect.AnyShape, expect.Each(
		forge.ReferenceXPointer(),
	)...),
	Judge: expect.RefusedInShapes,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:loose-reference flaw:last-reference"},
}
