package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var idpInitiated = samlcheck.Check{
	ID:    "response/idp-initiated",
	Title: "A login that begins at the identity provider is accepted.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Profiles.At("4.1.5")},
	Remedy: "The tile in Okta's dashboard and in Entra's My Apps will not work. It is the service's choice, and " +
		"a safe one: hide the tile, or make it a bookmark app that opens the service's own login page.",
	Trials: trial.With(asked(unsolicited())),
	Judge:  expect.Accepted(unsolicited().Name),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:solicited-only"},
}
