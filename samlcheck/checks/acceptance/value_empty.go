package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var valueEmpty = samlcheck.Check{
	ID:    "acceptance/value-empty",
	Title: "An attribute with an empty value does not matter.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("2.7.3.1.1"), cite.Kantara.At("IIP-SP02")},
	Remedy: "Have the identity provider leave empty attributes out: in Okta by an expression, in Entra by " +
		"a claim condition.",
	Trials: sent("value-empty", trial.Login{Forge: []forge.Mutation{forge.ExtraAttribute("department2", basic, "", "   ")}}),
	Judge:  accepted("value-empty"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-value-empty"},
}
