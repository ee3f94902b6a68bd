package subject

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var recipientEmpty = samlcheck.Check{
	ID:    "subject/recipient-empty",
	Title: "An assertion whose Recipient is empty is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.4.1.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Okta and Entra always write the Recipient, so nothing is to be done there. Ask the vendor to refuse an assertion " +
		"whose Recipient is not, as a whole string, the URL at which it arrived: one without could be used at every " +
		"service. python3-saml and php-saml need strict: true; libraries for Node leave it to the application.",
	Trials: trial.Against(forge.Said("SubjectConfirmationData", "Recipient", "")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:recipient-unsaid"},
}
