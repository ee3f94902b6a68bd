package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var inResponseToMissing = samlcheck.Check{
	ID:    "response/in-response-to-missing",
	Title: "A response to a request that does not say which is refused.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("3.2.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Nothing has to be done where the subject confirmation names the request, which is the place that binds the " +
		"service provider. Ask the vendor to compare InResponseTo at both of its places with the ID of the request that " +
		"this browser made. node-saml wants validateInResponseTo: always (or ifPresent); python3-saml, php-saml and " +
		"ruby-saml want the request's ID passed in; samlify hands out extract.response.inResponseTo for the application " +
		"to compare.",
	Trials: trial.Against(forge.Unsaid("Response", "InResponseTo")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:response-in-response-to flaw:confirmation-in-response-to flaw:in-response-to"},
}
