package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var sessionIndexOther = samlcheck.Check{
	ID:    "logout/session-index-other",
	Title: "A LogoutRequest for another session of the person leaves this one.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("3.7.3")},
	Remedy: "Signing out at one computer signs the person out at all. Nothing has to be done; ask the vendor to " +
		"look at SessionIndex if it disturbs.",
	Trials: trial.With(there(), thereForged("other-session", forge.LogoutSessionIndex("_another-session"))),
	Judge:  refused(thereForged("other-session", forge.LogoutSessionIndex("_another-session")), "a LogoutRequest for another session"),
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:any-index"},
}
