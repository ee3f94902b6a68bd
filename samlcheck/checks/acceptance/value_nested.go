package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var valueNested = samlcheck.Check{
	ID:     "acceptance/value-nested",
	Title:  "An attribute whose value is an element does not matter.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Core.At("2.7.3.1.1"), cite.Kantara.At("IIP-SP02")},
	Remedy: "Nothing to do with Okta or Entra, which send text only.",
	Trials: sent("value-nested", trial.Login{Forge: []forge.Mutation{forge.NestedValue()}}),
	Judge:  accepted("value-nested"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-value-nested"},
}
