package response

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var conditionsExpired = samlcheck.Check{
	ID:    "response/conditions-expired",
	Title: "A response whose conditions have expired is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("2.5.1.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "An old response, found in a log or a browser's history, still opens the door. Ask the vendor to " +
		"check Conditions/NotOnOrAfter, with a few minutes of tolerance. Look for a clock-skew setting that " +
		"is far too large (node-saml: acceptedClockSkewMs must not be -1).",
	Trials: trial.Against(forge.ConditionsExpired(time.Hour)),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:expiry"},
}
