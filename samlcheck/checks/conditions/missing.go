package conditions

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns: Profiles 4.1.4.2 binds the identity provider to write it. No rule tells the
// service provider to refuse what has none: Core 2.5.1 has it evaluate what is there.
var missing = samlcheck.Check{
	ID:    "conditions/missing",
	Title: "An assertion without Conditions is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.5.1"), cite.Profiles.At("4.1.4.2")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to demand Conditions with an " +
		"AudienceRestriction that names the service: an assertion without could be used everywhere.",
	Trials: trial.Against(forge.Without("Conditions")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:conditions"},
}
