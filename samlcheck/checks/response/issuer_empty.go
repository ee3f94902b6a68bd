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
var issuerEmpty = samlcheck.Check{
	ID:    "response/issuer-empty",
	Title: "A response whose Issuer is empty is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("3.2.2"), cite.Core.At("2.2.5")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to compare the response's Issuer " +
		"with the identity provider's entityID whenever it is there.",
	Trials: trial.Against(forge.Emptied("Response/Issuer")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:response-issuer-unsaid"},
}
