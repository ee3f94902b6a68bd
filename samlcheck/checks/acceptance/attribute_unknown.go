package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var attributeUnknown = samlcheck.Check{
	ID:     "acceptance/attribute-unknown",
	Title:  "An attribute that the service does not know is ignored.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Core.At("2.7.3"), cite.Kantara.At("IIP-SP01")},
	Remedy: "Send only the attributes that the vendor documents, and ask for the rest to be ignored.",
	Trials: sent("attribute-unknown", trial.Login{Forge: []forge.Mutation{forge.ExtraAttribute("costCenter", basic, "4711")}}),
	Judge:  accepted("attribute-unknown"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-attribute-unknown"},
}
