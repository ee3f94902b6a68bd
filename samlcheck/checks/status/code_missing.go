package status

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns: the schema demands it, and no rule tells the service provider to hold a
// response against the schema.
var codeMissing = samlcheck.Check{
	ID:    "status/code-missing",
	Title: "A response with a StatusMessage and no StatusCode is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("3.2.2.1"), cite.Core.At("3.2.2.3")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to decide by StatusCode alone: " +
		"the message is for people, and anybody can write one.",
	Trials: trial.Against(forge.NoStatusCode()),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:status-unsaid"},
}
