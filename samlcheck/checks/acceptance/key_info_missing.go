package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var keyInfoMissing = samlcheck.Check{
	ID:    "acceptance/key-info-missing",
	Title: "A signature without a certificate is verified with the known one.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("5.4.5")},
	Remedy: "Nothing to do with Okta or Entra, which send it. The vendor should take the key from the " +
		"metadata in any case.",
	Trials: sent("key-info-missing", trial.Login{Forge: []forge.Mutation{forge.NoKeyInfo()}}),
	Judge:  accepted("key-info-missing"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-key-info-missing"},
}
