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
var methodMissing = samlcheck.Check{
	ID:    "subject/method-missing",
	Title: "An assertion whose confirmation has no method is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.4.1.1"), cite.Profiles.At("3.3")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to demand one SubjectConfirmation " +
		"whose Method is bearer and whose data hold. crewjam/saml, node-saml and samlify leave that to the application.",
	Trials: trial.Against(forge.Unsaid("SubjectConfirmation", "Method")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:method-unsaid"},
}
