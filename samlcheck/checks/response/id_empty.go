package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

// It warns: the schema demands it, and no rule tells the service provider to hold a
// response against the schema.
var idEmpty = samlcheck.Check{
	ID:    "response/id-empty",
	Title: "A response whose ID is empty is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("3.2.2"), cite.Core.At("1.3.4")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to hold messages against the SAML " +
		"schema, or to refuse a response without an ID: what has no name cannot be told from another, in a log or among " +
		"those that were seen before.",
	Trials: expect.AgainstShape("assertion", forge.Said("Response", "ID", "")),
	Judge:  expect.RefusedLike(expect.Shape("assertion").Name),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:response-id"},
}
