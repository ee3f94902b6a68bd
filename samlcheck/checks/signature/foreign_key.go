package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var foreignKey = samlcheck.Check{
	ID:    "signature/foreign-key",
	Title: "A response signed by an unknown key is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.5"), cite.Profiles.At("4.1.4.3"), cite.CVE.At("CVE-2024-32962")},
	Remedy: "Anybody can make a key, sign with it and be anybody. Treat it as an incident: switch SAML login off " +
		"until the vendor verifies with the certificate from your metadata and never with the one inside the " +
		"response (known of xml-crypto before 6.0.0, pysaml2 before 6.5.0).",
	Trials: expect.Spoilt(expect.AnyShape, expect.Each(forge.SignedByForeignKey())...),
	Judge:  expect.RefusedInShapes,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:any-key flaw:signature"},
}
