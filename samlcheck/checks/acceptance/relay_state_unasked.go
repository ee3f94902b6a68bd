package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var relayStateUnasked = samlcheck.Check{
	ID:     "acceptance/relay-state-unasked",
	Title:  "A login from the identity provider may bring a RelayState.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Profiles.At("4.1.5")},
	Remedy: "Leave Default RelayState empty in Okta, or Relay State in Entra.",
	Trials: sent("relay-state-unasked", trial.Login{From: trial.IdPInitiated, Relay: "samlcheck"}),
	Judge:  accepted("relay-state-unasked"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-relay-state-unasked defect:no-nameid-unspecified"},
}
