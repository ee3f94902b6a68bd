package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// The signature is good and of the trusted key; only the name is not its
// owner's.
var issuerForeign = samlcheck.Check{
	ID:    "response/issuer-foreign",
	Title: "An assertion of another issuer is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.3.3"), cite.Profiles.At("4.1.4.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Where a service serves several companies, one company's identity provider could speak for another's " +
		"people. Ask the vendor to compare the assertion's Issuer with the entityID of the identity provider " +
		"whose key was used. Where you run the service yourself: node-saml's idpIssuer is looked at in logout " +
		"messages only, so compare profile.issuer; SimpleSAMLphp 1.19 goes by the response's Issuer and has no " +
		"setting.",
	Trials: trial.Against(forge.IssuerAssertion("https://other.example/idp")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:issuer"},
}
