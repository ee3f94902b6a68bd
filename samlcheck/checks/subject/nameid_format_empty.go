package subject

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var nameidFormatEmpty = samlcheck.Check{
	ID:    "subject/nameid-format-empty",
	Title: "An assertion is refused whose NameID has an empty Format.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("2.2.2"), cite.Core.At("1.3.2")},
	Remedy: "Nothing has to be done: what the name means was agreed when single sign-on was set up. Keep the format of the " +
		"name in Okta or Entra as the vendor asks for it.",
	Trials: trial.Against(forge.Said("NameID", "Format", "")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:nameid-format"},
}
