package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// Profiles 4.1.4.3 says MUST, and yet it warns: nearly all libraries leave this off
// unless configured, and nobody gets in by it who has not a fresh response of the
// trusted identity provider. A red line here would hide the real ways in.
var inResponseToUnknown = samlcheck.Check{
	ID:    "response/in-response-to-unknown",
	Title: "A response to a request that was never made is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("3.2.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Somebody could be signed in with a response that was made for another browser. Many products do not look " +
		"unless told to; ask the vendor, or where you run the service yourself: node-saml wants " +
		"validateInResponseTo: always (or ifPresent); crewjam/saml looks only while AllowIDPInitiated is off; " +
		"samlify hands out extract.response.inResponseTo for the application to compare; python3-saml, php-saml " +
		"and ruby-saml want the request's ID passed in; Shibboleth compares with checkCorrelation=true on the " +
		"MessageFlow rule of security-policy.xml. mod_auth_mellon and SimpleSAMLphp 1.19 have no setting.",
	Trials: trial.Against(forge.InResponseTo("_samlcheck-never-asked")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:in-response-to"},
}
