package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var valueFlipped = samlcheck.Check{
	ID:    "signature/value-flipped",
	Title: "A response with a wrong signature value is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.XMLDSig.At("3.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor verifies the signature value as well as the digests.",
	Trials: expect.Spoilt(expect.AnyShape, expect.Each(forge.SignatureValueFlipped())...),
	Judge:  expect.RefusedInShapes,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:signature"},
}
