package assertion

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

// It warns: the schema demands it, and no rule tells the service provider to hold a
// response against the schema.
var idEmpty = samlcheck.Check{
	ID:    "assertion/id-empty",
	Title: "An assertion whose ID is empty is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.3.3"), cite.Core.At("1.3.4")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to refuse an assertion without an " +
		"ID: without one nobody can notice that it was used before.",
	Trials: expect.AgainstShape("response", forge.Said("Assertion", "ID", "")),
	Judge:  expect.RefusedLike(expect.Shape("response").Name),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:assertion-id"},
}
