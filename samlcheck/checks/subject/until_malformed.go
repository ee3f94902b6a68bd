package subject

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns: the schema demands it, and no rule tells the service provider to hold a
// response against the schema.
var untilMalformed = samlcheck.Check{
	ID:    "subject/until-malformed",
	Title: "An assertion is refused whose confirmation ends at what is no time.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.4.1.2"), cite.Core.At("1.3.3")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to refuse a bearer's assertion " +
		"whose end cannot be read: it could be used for ever. samlify and better-auth do not read it; node-saml reads it " +
		"where validateInResponseTo is always or ifPresent.",
	Trials: trial.Against(forge.Said("SubjectConfirmationData", "NotOnOrAfter", "tomorrow")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:confirmation-until"},
}
