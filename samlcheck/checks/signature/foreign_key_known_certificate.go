package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var foreignKeyKnownCertificate = samlcheck.Check{
	ID:    "signature/foreign-key-known-certificate",
	Title: "A response signed by an unknown key that shows the known certificate is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.5"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Anybody can sign like this and be anybody: certificates are public. Treat it as an incident: switch SAML " +
		"login off until the vendor verifies the signature with the key, and does not merely compare " +
		"certificates.",
	Trials: expect.Spoilt(expect.AnyShape, expect.Each(forge.SignedByForeignKeyMasked())...),
	Judge:  expect.RefusedInShapes,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:signature"},
}
