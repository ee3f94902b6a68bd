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
var codeEmpty = samlcheck.Check{
	ID:    "status/code-empty",
	Title: "A response whose StatusCode says nothing is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("3.2.2.2"), cite.Core.At("1.3.2")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to compare the StatusCode with " +
		"urn:oasis:names:tc:SAML:2.0:status:Success, and to let nobody in where it is not equal.",
	Trials: trial.Against(forge.Said("Status/StatusCode", "Value", "")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:status-unsaid"},
}
