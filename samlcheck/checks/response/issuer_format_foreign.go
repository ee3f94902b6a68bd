package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var issuerFormatForeign = samlcheck.Check{
	ID:    "response/issuer-format-foreign",
	Title: "A response is refused whose Issuer is no entity.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.2"), cite.Core.At("8.3.6")},
	Remedy: "Nothing has to be done: an entityID that is compared as a whole string says enough. Okta writes the format of an " +
		"entity, Entra none.",
	Trials: trial.Against(forge.Said("Response/Issuer", "Format", "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:issuer-format"},
}
