package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns: Profiles 4.1.4.2 binds the identity provider to write its own name; the
// service provider is bound to look at the assertion.
var issuerOther = samlcheck.Check{
	ID:    "response/issuer-other",
	Title: "A response of another issuer than its assertion is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.2"), cite.Core.At("2.2.5")},
	Remedy: "Ask the vendor to compare the Issuer of the response, where there is one, with that of the assertion and with " +
		"the entityID of the identity provider whose key was used.",
	Trials: trial.Against(forge.IssuerResponse("https://other.example/idp")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:response-issuer"},
}
