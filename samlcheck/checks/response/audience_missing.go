package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns: Profiles 4.1.4.2 binds the identity provider to name the audience. No
// rule tells the service provider to refuse a response that names none: Core
// 2.5.1.4 has it evaluate the restrictions that are there.
var audienceMissing = samlcheck.Check{
	ID:    "response/audience-missing",
	Title: "A response that names no audience is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Okta and Entra always name the audience, so nothing is to be done there. A response without one could be " +
		"used at every service: ask the vendor to demand at least one AudienceRestriction that names the service, " +
		"not merely to check those that are there. crewjam/saml has the hook ValidateAudienceRestriction for it; " +
		"mod_auth_mellon, Shibboleth and SimpleSAMLphp have no setting.",
	Trials: trial.Against(forge.NoAudience()),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:audience-unsaid"},
}
