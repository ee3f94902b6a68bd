package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var transformUnknown = samlcheck.Check{
	ID:    "signature/transform-unknown",
	Title: "Transforms that SAML does not allow are refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("5.4.4"), cite.CVE.At("CVE-2021-39171")},
	Remedy: "Ask the vendor to refuse signatures with transforms other than enveloped-signature and exclusive " +
		"canonicalization.",
	Trials: expect.Unsound(expect.AnyShape, expect.Each(
		forge.TransformXPath(),
		forge.TransformUnknown(),
	)...),
	Judge: expect.RefusedInShapes,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:transforms"},
}
