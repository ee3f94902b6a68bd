package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var digestFlipped = samlcheck.Check{
	ID:    "signature/digest-flipped",
	Title: "A response with a wrong digest is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.XMLDSig.At("3.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor verifies every digest.",
	Trials: expect.Spoilt(expect.AnyShape, expect.Each(forge.DigestFlipped())...),
	Judge:  expect.RefusedInShapes,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:signature"},
}
