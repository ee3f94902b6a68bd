package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns: Profiles 4.1.4.3 says that an assertion whose confirmation cannot be met
// SHOULD NOT be used; the MUSTs about Recipient and time speak of bearer ones only.
var methodNotBearer = samlcheck.Check{
	ID:    "response/method-not-bearer",
	Title: "An assertion that is not for its bearer is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Profiles.At("3.3"), cite.Profiles.At("4.1.4.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Okta and Entra always write bearer, so nothing is to be done there. Ask the vendor to demand one " +
		"SubjectConfirmation whose Method is bearer and whose data hold: an assertion made for another use must " +
		"not sign anybody in. No setting is known: crewjam/saml, node-saml and samlify do not read the method " +
		"(the application can, in SessionProvider.CreateSession, profile.getAssertion() or samlContent), and " +
		"SimpleSAMLphp takes sender-vouches besides.",
	Trials: trial.Against(forge.Method("urn:oasis:names:tc:SAML:2.0:cm:sender-vouches")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:method"},
}
