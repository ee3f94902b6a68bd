package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns: the schema demands it, and no rule tells the service provider to hold a
// response against the schema.
var issueInstantMalformed = samlcheck.Check{
	ID:    "response/issue-instant-malformed",
	Title: "A response whose IssueInstant is no time is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("3.2.2"), cite.Core.At("1.3.3")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to hold messages against the SAML " +
		"schema: a time that cannot be read must not count as no limit.",
	Trials: trial.Against(forge.Said("Response", "IssueInstant", "today")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:response-issue-instant"},
}
