package subject

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// Profiles 4.1.4.3 says MUST, and it warns for the reason that
// response/in-response-to-unknown warns: nearly all libraries leave it off.
var inResponseToOther = samlcheck.Check{
	ID:    "subject/in-response-to-other",
	Title: "An assertion that answers another request is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.4.1.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Ask the vendor to compare InResponseTo at both of its places with the ID of the request that this browser made. " +
		"node-saml wants validateInResponseTo: always (or ifPresent); python3-saml, php-saml and ruby-saml want the " +
		"request's ID passed in; samlify hands out extract.response.inResponseTo for the application to compare.",
	Trials: trial.Against(forge.Said("SubjectConfirmationData", "InResponseTo", "_samlcheck-never-asked")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:confirmation-in-response-to flaw:in-response-to"},
}
