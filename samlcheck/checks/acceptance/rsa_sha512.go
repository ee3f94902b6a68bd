package acceptance

import (
	"crypto"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var rsaSha512 = samlcheck.Check{
	ID:     "acceptance/rsa-sha512",
	Title:  "RSA with SHA-512 is verified.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Kantara.At("IIP-ALG02")},
	Remedy: "Choose SHA-256 at the identity provider.",
	Trials: sent("rsa-sha512", trial.Login{Forge: []forge.Mutation{forge.SignedWith(crypto.SHA512)}}),
	Judge:  accepted("rsa-sha512"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-rsa-sha512"},
}
