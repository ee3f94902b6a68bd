package conditions

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns: the schema demands it, and no rule tells the service provider to hold a
// response against the schema.
var notBeforeEmpty = samlcheck.Check{
	ID:    "conditions/not-before-empty",
	Title: "An assertion is refused whose NotBefore is empty.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.5.1.2"), cite.Core.At("1.3.3")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to refuse a time that cannot be " +
		"read: it must not count as no limit.",
	Trials: trial.Against(forge.Said("Conditions", "NotBefore", "")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:not-before-unread"},
}
