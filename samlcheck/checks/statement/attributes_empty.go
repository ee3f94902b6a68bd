package statement

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns: the schema demands it, and no rule tells the service provider to hold a
// response against the schema.
var attributesEmpty = samlcheck.Check{
	ID:    "statement/attributes-empty",
	Title: "An assertion whose AttributeStatement has no attribute is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.7.3")},
	Remedy: "Okta and Entra leave the statement out where there are no attributes, so nothing is to be done there. Ask the " +
		"vendor to hold messages against the SAML schema.",
	Trials: trial.Against(forge.Emptied("AttributeStatement")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:attribute-statement"},
}
