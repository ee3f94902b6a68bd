package conditions

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var audienceEmpty = samlcheck.Check{
	ID:    "conditions/audience-empty",
	Title: "An assertion whose Audience is empty is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.5.1.4"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Okta and Entra always name the audience, so nothing is to be done there. Ask the vendor to compare every " +
		"Audience, as a whole string, with the service's own entityID, and to refuse a restriction that does not name it.",
	Trials: trial.Against(forge.Emptied("Audience")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:audience-empty"},
}
