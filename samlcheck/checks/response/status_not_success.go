package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var statusNotSuccess = samlcheck.Check{
	ID:    "response/status-not-success",
	Title: "An error response is refused, even where it has an assertion.",
	Level: samlcheck.Must,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("3.2.2.2"), cite.Profiles.At("4.1.4.2")},
	Remedy: "Ask the vendor to look at StatusCode before anything else, and to let nobody in unless it is " +
		"urn:oasis:names:tc:SAML:2.0:status:Success. node-saml looks at it only where there is no assertion: the " +
		"application can, in profile.getSamlResponseXml().",
	Trials: trial.Against(forge.Status("urn:oasis:names:tc:SAML:2.0:status:Responder")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:status"},
}
