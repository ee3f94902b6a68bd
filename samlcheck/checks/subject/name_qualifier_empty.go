package subject

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var nameQualifierEmpty = samlcheck.Check{
	ID:     "subject/name-qualifier-empty",
	Title:  "An assertion whose NameID has an empty NameQualifier is accepted.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Core.At("2.2.2"), cite.Kantara.At("IIP-SSO07")},
	Remedy: "Okta and Entra write no NameQualifier, so nothing is to be done there.",
	Trials: trial.Against(forge.Said("NameID", "NameQualifier", "")),
	Judge:  expect.Accepted("spoilt"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:name-qualifier"},
}
