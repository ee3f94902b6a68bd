package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var whiteSpace = samlcheck.Check{
	ID:     "acceptance/white-space",
	Title:  "White space between elements does not matter.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Core.At("1.1")},
	Remedy: "Ask the vendor for a parser that knows XML.",
	Trials: sent("white-space", trial.Login{Forge: []forge.Mutation{forge.Indented()}}),
	Judge:  accepted("white-space"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-white-space"},
}
