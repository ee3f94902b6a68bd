package conditions

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var secondAudience = samlcheck.Check{
	ID:    "conditions/second-audience",
	Title: "An assertion is refused of which one restriction names the service and one does not.",
	Level: samlcheck.Must,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.5.1.4"), cite.Core.At("2.5.1.1")},
	Remedy: "Okta and Entra always name the audience, so nothing is to be done there. Ask the vendor to compare every " +
		"Audience, as a whole string, with the service's own entityID, and to refuse a restriction that does not name it. " +
		"Of several restrictions all must hold.",
	Trials: trial.Against(forge.SecondAudienceRestriction("https://other.example/sp")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:audience-any"},
}
