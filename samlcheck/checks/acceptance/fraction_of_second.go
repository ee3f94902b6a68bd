package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var fractionOfSecond = samlcheck.Check{
	ID:    "acceptance/fraction-of-second",
	Title: "Instants are understood with and without a fraction of a second.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("1.3.3")},
	Remedy: "Ask the vendor to read xs:dateTime as XML Schema defines it: Okta and Entra write three " +
		"digits of a fraction, others write none.",
	Trials: sent("fraction-of-second", trial.Login{Forge: []forge.Mutation{forge.InstantsWith(0)}}),
	Judge:  accepted("fraction-of-second"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-fraction-of-second"},
}
