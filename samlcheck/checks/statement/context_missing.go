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
var contextMissing = samlcheck.Check{
	ID:    "statement/context-missing",
	Title: "An assertion without an AuthnContext is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.7.2"), cite.Core.At("3.3.2.2.1")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to demand an AuthnStatement: an " +
		"assertion without one speaks of a person and not of a login.",
	Trials: trial.Against(forge.Without("AuthnContext")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:authn-context"},
}
