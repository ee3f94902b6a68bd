package acceptance

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var sessionEnd = samlcheck.Check{
	ID:     "acceptance/session-end",
	Title:  "A SessionNotOnOrAfter in the future is accepted.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Core.At("2.7.2")},
	Remedy: "Leave the session's end out at the identity provider.",
	Trials: sent("session-end", trial.Login{Forge: []forge.Mutation{forge.SessionNotOnOrAfter(8 * time.Hour)}}),
	Judge:  accepted("session-end"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-session-end"},
}
