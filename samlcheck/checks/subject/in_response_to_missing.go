package subject

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var inResponseToMissing = samlcheck.Check{
	ID:    "subject/in-response-to-missing",
	Title: "The answer to a request is refused whose assertion does not say so.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("2.4.1.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Nothing has to be done where the response names the request and is signed. Ask the vendor to compare " +
		"InResponseTo at both of its places with the ID of the request that this browser made. node-saml wants " +
		"validateInResponseTo: always (or ifPresent); python3-saml, php-saml and ruby-saml want the request's ID passed " +
		"in; samlify hands out extract.response.inResponseTo for the application to compare.",
	Trials: trial.Against(forge.Unsaid("SubjectConfirmationData", "InResponseTo")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:confirmation-in-response-to flaw:response-in-response-to flaw:in-response-to"},
}
