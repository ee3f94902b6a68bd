package assertion

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
	ID:    "assertion/issuer-empty",
	Title: "An assertion whose Issuer is empty is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.3.3"), cite.Core.At("2.2.5")},
	Remedy: "Where a service serves several companies, nobody knows which identity provider has spoken. Ask the vendor to " +
		"compare the assertion's Issuer with the entityID of the identity provider whose key was used, and to refuse an " +
		"assertion that names none.",
	Trials: trial.Against(forge.Emptied("Assertion/Issuer")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:issuer-unsaid"},
}
