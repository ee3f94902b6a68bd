package statement

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns: Profiles 4.1.4.2 binds the identity provider to write one, and no rule
// tells the service provider to refuse what has none.
var authnMissing = samlcheck.Check{
	ID:    "statement/authn-missing",
	Title: "An assertion without an AuthnStatement is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.2"), cite.Core.At("2.7.2")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to demand an AuthnStatement: an " +
		"assertion without one speaks of a person and not of a login.",
	Trials: trial.Against(forge.NoAuthnStatement()),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:authn-statement"},
}
