package conditions

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var notBeforeMissing = samlcheck.Check{
	ID:    "conditions/not-before-missing",
	Title: "An assertion whose Conditions have no beginning is accepted.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("2.5.1.2"), cite.Kantara.At("IIP-SSO07")},
	Remedy: "Okta and Entra always write NotBefore, so nothing is to be done there. The vendor may be told that it may be " +
		"left out.",
	Trials: trial.Against(forge.Unsaid("Conditions", "NotBefore")),
	Judge:  expect.Accepted("spoilt"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:not-before-wanted"},
}
