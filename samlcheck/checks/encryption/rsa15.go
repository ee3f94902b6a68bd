package encryption

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var rsa15 = samlcheck.Check{
	ID:    "encryption/rsa15",
	Title: "Keys that are wrapped with RSA 1.5 are refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Kantara.At("IIP-ALG08"), cite.NIST.At("9")},
	Remedy: "Answers to broken messages can be used to decrypt good ones. Ask the vendor to take RSA-OAEP only; Okta " +
		"and Entra use that.",
	Trials: expect.Sealed(trial.Known, "cbc", forge.Seal{}.Sealed("encrypted"), expect.Each(forge.Seal{RSA15: true}.Sealed("encrypted, the key wrapped with RSA 1.5"))...),
	Judge:  expect.RefusedSealed,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:rsa15"},
}
