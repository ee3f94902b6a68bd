package subject

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var untilMissing = samlcheck.Check{
	ID:    "subject/until-missing",
	Title: "An assertion whose confirmation has no end is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Okta and Entra always write it, so nothing is to be done there. Ask the vendor to refuse a bearer's assertion " +
		"whose end cannot be read: it could be used for ever. samlify and better-auth do not read it; node-saml reads it " +
		"where validateInResponseTo is always or ifPresent.",
	Trials: trial.Against(forge.Unsaid("SubjectConfirmationData", "NotOnOrAfter")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:confirmation-until"},
}
