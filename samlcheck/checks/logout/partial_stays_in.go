package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var partialStaysIn = samlcheck.Check{
	ID:    "logout/partial-stays-in",
	Title: "A logout that is only partial at the identity provider ends the session here.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("3.7.3"), cite.Profiles.At("4.4.3.4")},
	Remedy: "One other application that does not answer keeps the person signed in here. Ask the vendor to end its " +
		"own session whatever the identity provider reports of others.",
	Trials: trial.With(here(), herePartial()),
	Judge:  ends(herePartial(), "a partial logout"),
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:partial"},
}
