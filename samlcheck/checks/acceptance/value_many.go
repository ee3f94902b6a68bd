package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var valueMany = samlcheck.Check{
	ID:     "acceptance/value-many",
	Title:  "An attribute of many values is read.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Core.At("2.7.3.1")},
	Remedy: "Send one value, or ask the vendor to read AttributeValue as a list.",
	Trials: sent("value-many", trial.Login{Forge: []forge.Mutation{forge.ExtraAttribute("projects", basic, twenty()...)}}),
	Judge:  accepted("value-many"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-value-many"},
}
