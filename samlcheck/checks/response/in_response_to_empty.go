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
var inResponseToEmpty = samlcheck.Check{
	ID:    "response/in-response-to-empty",
	Title: "A response whose InResponseTo is empty is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("3.2.2"), cite.Core.At("1.3.4")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to compare InResponseTo at both " +
		"of its places with the ID of the request that this browser made. node-saml wants validateInResponseTo: always " +
		"(or ifPresent); python3-saml, php-saml and ruby-saml want the request's ID passed in; samlify hands out " +
		"extract.response.inResponseTo for the application to compare.",
	Trials: trial.Against(forge.Said("Response", "InResponseTo", "")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:response-in-response-to flaw:in-response-to"},
}
