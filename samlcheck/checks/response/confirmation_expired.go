package response

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// Conditions stay valid: Okta and Entra write the same end into both, but a
// service must heed each.
var confirmationExpired = samlcheck.Check{
	ID:    "response/confirmation-expired",
	Title: "A response whose subject confirmation has expired is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("2.4.1.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Ask the vendor to check SubjectConfirmationData/NotOnOrAfter besides that of Conditions: it is the time " +
		"by which the response must have been delivered, and usually the shorter one. samlify and better-auth " +
		"read that of Conditions only; node-saml reads it where validateInResponseTo is always or ifPresent.",
	Trials: trial.Against(forge.ConfirmationExpired(time.Hour)),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:confirmation-expiry"},
}
