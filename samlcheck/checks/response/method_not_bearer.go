package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var methodNotBearer = samlcheck.Check{
	ID:    "response/method-not-bearer",
	Title: "An assertion that is not for its bearer is refused.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Profiles.At("3.3"), cite.Profiles.At("4.1.4.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Ask the vendor to demand one SubjectConfirmation whose Method is bearer and whose data hold: an " +
		"assertion made for another use must not sign anybody in.",
	Trials: trial.Against(forge.Method("urn:oasis:names:tc:SAML:2.0:cm:sender-vouches")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:method"},
}
