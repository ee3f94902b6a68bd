package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var attributeNameOdd = samlcheck.Check{
	ID:     "acceptance/attribute-name-odd",
	Title:  "Attribute names may be URNs, with a format that nobody knows.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Core.At("2.7.3.1"), cite.Kantara.At("IIP-SP01")},
	Remedy: "Send only the attributes that the vendor documents, and ask for the rest to be ignored.",
	Trials: sent("attribute-name-odd", trial.Login{Forge: []forge.Mutation{forge.ExtraAttribute("urn:oid:2.5.4.11", "urn:example:attrname-format:own", "x"), forge.ExtraAttribute("Büro-№", "", "3")}}),
	Judge:  accepted("attribute-name-odd"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-attribute-name-odd"},
}
