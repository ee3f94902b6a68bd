package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var advice = samlcheck.Check{
	ID:     "acceptance/advice",
	Title:  "An Advice in the assertion is ignored.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Core.At("2.6.1")},
	Remedy: "Ask the vendor to ignore Advice.",
	Trials: sent("advice", trial.Login{Forge: []forge.Mutation{forge.Advice()}}),
	Judge:  accepted("advice"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-advice"},
}
