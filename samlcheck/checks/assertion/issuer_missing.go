package assertion

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var issuerMissing = samlcheck.Check{
	ID:    "assertion/issuer-missing",
	Title: "An assertion without an Issuer is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.3.3"), cite.Profiles.At("4.1.4.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Where a service serves several companies, nobody knows which identity provider has spoken. Ask the vendor to " +
		"compare the assertion's Issuer with the entityID of the identity provider whose key was used, and to refuse an " +
		"assertion that names none.",
	Trials: trial.Against(forge.Without("Assertion/Issuer")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:issuer-unsaid"},
}
