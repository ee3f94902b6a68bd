package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var statementsSeveral = samlcheck.Check{
	ID:     "acceptance/statements-several",
	Title:  "Several statements of a kind are read.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Core.At("2.3.3")},
	Remedy: "Nothing to do with Okta or Entra, which send one of each.",
	Trials: sent("statements-several", trial.Login{Forge: []forge.Mutation{forge.SecondStatements()}}),
	Judge:  accepted("statements-several"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-statements-several"},
}
