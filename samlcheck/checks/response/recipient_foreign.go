package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var recipientForeign = samlcheck.Check{
	ID:    "response/recipient-foreign",
	Title: "A response to be used at another address is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("2.4.1.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Ask the vendor to compare Recipient with the URL at which the response arrived. Libraries for Node leave " +
		"it to the application (node-saml: profile.getAssertion(); samlify: samlContent); python3-saml and " +
		"php-saml need strict: true; ruby-saml must not be given skip_recipient_check. Behind a proxy the service " +
		"must know its public URL.",
	Trials: trial.Against(forge.Recipient("https://other.example/acs")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:recipient"},
}
