package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var prefixesOther = samlcheck.Check{
	ID:     "acceptance/prefixes-other",
	Title:  "Elements are known by their namespace, not by their prefix.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Core.At("1.1")},
	Remedy: "Ask the vendor for a namespace-aware parser.",
	Trials: sent("prefixes-other", trial.Login{Forge: []forge.Mutation{forge.Prefixed("p1", "a1")}}),
	Judge:  accepted("prefixes-other"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-prefixes-other"},
}
