package conditions

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var empty = samlcheck.Check{
	ID:    "conditions/empty",
	Title: "An assertion whose Conditions hold no condition is refused.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("2.5.1"), cite.Profiles.At("4.1.4.2")},
	Remedy: "Okta and Entra always write an audience and times, so nothing is to be done there. Ask the vendor to demand an " +
		"AudienceRestriction that names the service.",
	Trials: trial.Against(forge.Bare("Conditions")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:conditions-empty"},
}
