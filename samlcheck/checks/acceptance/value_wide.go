package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var valueWide = samlcheck.Check{
	ID:     "acceptance/value-wide",
	Title:  "Characters of every script are read.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Kantara.At("IIP-G02")},
	Remedy: "Ask the vendor to store names as Unicode.",
	Trials: sent("value-wide", trial.Login{Forge: []forge.Mutation{forge.ExtraAttribute("office", basic, "東京 Zürich e\u0301 😀 & <x>")}}),
	Judge:  accepted("value-wide"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-value-wide"},
}
