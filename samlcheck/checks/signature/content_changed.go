package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

// What is changed is the SessionIndex, which no service decides by: a refusal
// can only come from the signature.
var contentChanged = samlcheck.Check{
	ID:    "signature/content-changed",
	Title: "A response that was changed after signing is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.XMLDSig.At("3.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor verifies digests as well as the signature value.",
	Trials: expect.Spoilt(expect.AnyShape, expect.Each(forge.Tampered())...),
	Judge:  expect.RefusedInShapes,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:signature"},
}
