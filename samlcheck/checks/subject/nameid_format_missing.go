package subject

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var nameidFormatMissing = samlcheck.Check{
	ID:    "subject/nameid-format-missing",
	Title: "An assertion whose NameID has no Format is accepted.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("2.2.2"), cite.Core.At("8.3.1"), cite.Kantara.At("IIP-SSO07")},
	Remedy: "Okta and Entra always write a format, so nothing is to be done there. The vendor may be told that the format may " +
		"be left out.",
	Trials: trial.Against(forge.Unsaid("NameID", "Format")),
	Judge:  expect.Accepted("spoilt"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:nameid-format-wanted"},
}
