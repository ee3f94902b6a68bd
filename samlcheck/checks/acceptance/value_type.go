package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var valueType = samlcheck.Check{
	ID:     "acceptance/value-type",
	Title:  "Attribute values are read with and without xsi:type.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Core.At("2.7.3.1.1")},
	Remedy: "Ask the vendor: xsi:type is optional, and Entra writes none.",
	Trials: sent("value-type", trial.Login{Forge: []forge.Mutation{forge.TypesOtherwise()}}),
	Judge:  accepted("value-type"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-value-type"},
}
