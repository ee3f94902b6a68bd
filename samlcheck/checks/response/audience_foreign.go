package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var audienceForeign = samlcheck.Check{
	ID:    "response/audience-foreign",
	Title: "A response meant for another service provider is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("2.5.1.4"), cite.Profiles.At("4.1.4.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Anybody who runs another app at your identity provider could use a login there to get in here. Ask " +
		"the vendor to compare every Audience, as a whole string, with the service's own entityID. Where " +
		"you run the service yourself: node-saml and saml2-js have the option audience, python3-saml and " +
		"php-saml need strict: true, gosaml2 reports it in WarningInfo.NotInAudience, which the application " +
		"must look at.",
	Trials: trial.Against(forge.Audience("https://other.example/sp")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:audience"},
}
