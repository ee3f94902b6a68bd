package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var referenceTwice = samlcheck.Check{
	ID:    "signature/reference-twice",
	Title: "The digest of another reference does not vouch for the assertion.",
	Level: samlcheck.Must,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.CVE.At("CVE-2026-33487")},
	Remedy: "Have the SAML library updated (goxmldsig 1.6.0 or later): a signature must have one reference, and its " +
		"digest must be right.",
	Trials: expect.Unsound(expect.AnyShape, expect.Each(
		forge.ReferenceTwice(),
	)...),
	Judge: expect.RefusedInShapes,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:last-reference"},
}
