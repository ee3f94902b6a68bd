package acceptance

import (
	"crypto"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var rsaSha384 = samlcheck.Check{
	ID:     "acceptance/rsa-sha384",
	Title:  "RSA with SHA-384 is verified.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Kantara.At("IIP-ALG02")},
	Remedy: "Choose SHA-256 at the identity provider.",
	Trials: sent("rsa-sha384", trial.Login{Forge: []forge.Mutation{forge.SignedWith(crypto.SHA384)}}),
	Judge:  accepted("rsa-sha384"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-rsa-sha384"},
}
