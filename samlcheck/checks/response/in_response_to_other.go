package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns for the reason that in-response-to-unknown warns; and Profiles 4.1.4.3
// speaks of the one in the subject confirmation, which is right here.
var inResponseToOther = samlcheck.Check{
	ID:    "response/in-response-to-other",
	Title: "A response is refused whose InResponseTo is not that of its assertion.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("3.2.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Ask the vendor to compare InResponseTo at both of its places with the ID of the request that this browser made. " +
		"node-saml wants validateInResponseTo: always (or ifPresent); python3-saml, php-saml and ruby-saml want the " +
		"request's ID passed in; samlify hands out extract.response.inResponseTo for the application to compare.",
	Trials: trial.Against(forge.Said("Response", "InResponseTo", "_samlcheck-never-asked")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:response-in-response-to flaw:in-response-to"},
}
