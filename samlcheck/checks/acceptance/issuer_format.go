package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var issuerFormat = samlcheck.Check{
	ID:    "acceptance/issuer-format",
	Title: "An Issuer is read with and without its Format.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("2.2.5")},
	Remedy: "Ask the vendor to treat a missing Format as entity, which is the default: Okta writes it, " +
		"Entra does not.",
	Trials: sent("issuer-format", trial.Login{Forge: []forge.Mutation{forge.IssuerFormatOtherwise()}}),
	Judge:  accepted("issuer-format"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-issuer-format"},
}
