package subject

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var nameidFormatOther = samlcheck.Check{
	ID:    "subject/nameid-format-other",
	Title: "An assertion is refused whose NameID is of a format that nobody asks for.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("3.4.1.1"), cite.Core.At("8.3")},
	Remedy: "Nothing has to be done: what the name means was agreed when single sign-on was set up. Keep the format of the " +
		"name in Okta or Entra as the vendor asks for it.",
	Trials: trial.Against(forge.Said("NameID", "Format", "urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:nameid-format"},
}
