package assertion

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var issuerFormatEmpty = samlcheck.Check{
	ID:    "assertion/issuer-format-empty",
	Title: "An assertion is refused whose Issuer has an empty Format.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("2.2.5"), cite.Core.At("1.3.2")},
	Remedy: "Nothing has to be done: an entityID that is compared as a whole string says enough. Okta writes the format of an " +
		"entity, Entra none.",
	Trials: trial.Against(forge.Said("Assertion/Issuer", "Format", "")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:issuer-format"},
}
