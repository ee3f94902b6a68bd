package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var destinationForeign = samlcheck.Check{
	ID:    "response/destination-foreign",
	Title: "A response sent to another address is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("3.2.2"), cite.Bindings.At("3.5.5.2")},
	Remedy: "Ask the vendor to compare Destination with the URL at which the response arrived. python3-saml and " +
		"php-saml need strict: true; ruby-saml must not be given skip_destination; libraries for Node leave it to " +
		"the application (node-saml: profile.getSamlResponseXml(); samlify: extract.response.destination).",
	Trials: trial.Against(forge.Destination("https://other.example/acs")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:destination"},
}
