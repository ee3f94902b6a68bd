package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var extensions = samlcheck.Check{
	ID:     "acceptance/extensions",
	Title:  "Extensions in the response are ignored.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Core.At("3.2.2")},
	Remedy: "Ask the vendor to ignore Extensions that it does not know.",
	Trials: sent("extensions", trial.Login{Forge: []forge.Mutation{forge.Extensions()}}),
	Judge:  accepted("extensions"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-extensions"},
}
