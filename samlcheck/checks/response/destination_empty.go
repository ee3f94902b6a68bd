package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns: Core 1.3.2 wants every URI to say something, and binds who writes it.
var destinationEmpty = samlcheck.Check{
	ID:    "response/destination-empty",
	Title: "A response whose Destination is empty is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("3.2.2"), cite.Core.At("1.3.2")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to compare Destination with the " +
		"URL at which the response arrived whenever it is there, and not only when it has a value.",
	Trials: trial.Against(forge.Said("Response", "Destination", "")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:destination-unsaid"},
}
