package statement

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var classUnexpected = samlcheck.Check{
	ID:    "statement/class-unexpected",
	Title: "A login by nothing but an address signs nobody in.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("2.7.2"), cite.Kantara.At("IIP-SP07")},
	Remedy: "Nothing has to be done unless the service asks for a certain way to sign in. Then ask the vendor to compare the " +
		"class that comes with the one that was asked for.",
	Trials: trial.Against(forge.AuthnClass("urn:oasis:names:tc:SAML:2.0:ac:classes:InternetProtocol")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:authn-class-any"},
}
