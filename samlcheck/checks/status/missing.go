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
var missing = samlcheck.Check{
	ID:    "status/missing",
	Title: "A response without a Status is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("3.2.2"), cite.Core.At("3.2.2.1")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to let nobody in unless the " +
		"status says success: what is missing must not count as that.",
	Trials: trial.Against(forge.Without("Status")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:status-unsaid"},
}
