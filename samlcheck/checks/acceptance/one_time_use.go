package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var oneTimeUse = samlcheck.Check{
	ID:     "acceptance/one-time-use",
	Title:  "The condition OneTimeUse is understood.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Core.At("2.5.1.5")},
	Remedy: "Ask the vendor: every relying party must understand SAML's own conditions.",
	Trials: sent("one-time-use", trial.Login{Forge: []forge.Mutation{forge.OneTimeUse()}}),
	Judge:  accepted("one-time-use"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-one-time-use"},
}
