package wrapping

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var signatureMoved = samlcheck.Check{
	ID:    "wrapping/signature-moved",
	Title: "A signature that is not inside of what it signs is refused.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("5.4.1")},
	Remedy: "Nothing is forged yet, but what a signature covers must not be a matter of where it stands. Ask the " +
		"vendor to demand that a signature stands in the very element that it refers to.",
	Trials: expect.Unsound("assertion", expect.Each(
		forge.NotChild(),
	)...),
	Judge: expect.RefusedInShapes,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:moved flaw:root-signature"},
}
