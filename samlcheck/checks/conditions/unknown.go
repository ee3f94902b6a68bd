package conditions

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var unknown = samlcheck.Check{
	ID:    "conditions/unknown",
	Title: "An assertion with a condition that the service does not know is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.5.1.1"), cite.Core.At("2.5.1")},
	Remedy: "Okta and Entra write no such condition, so nothing is to be done there. Ask the vendor to refuse what it does " +
		"not understand: a condition says when an assertion may not be used.",
	Trials: trial.Against(forge.UnknownCondition()),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:condition-unknown"},
}
