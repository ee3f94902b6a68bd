package conditions

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns: the schema demands it, and no rule tells the service provider to hold a
// response against the schema.
var audienceRestrictionEmpty = samlcheck.Check{
	ID:    "conditions/audience-restriction-empty",
	Title: "An assertion whose AudienceRestriction names nobody is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.5.1.4"), cite.Core.At("2.5.1.1")},
	Remedy: "Okta and Entra always name the audience, so nothing is to be done there. Ask the vendor to compare every " +
		"Audience, as a whole string, with the service's own entityID, and to refuse a restriction that does not name it.",
	Trials: trial.Against(forge.Emptied("AudienceRestriction")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:audience-empty"},
}
