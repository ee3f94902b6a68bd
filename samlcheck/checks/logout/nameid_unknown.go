package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var nameIDUnknown = samlcheck.Check{
	ID:    "logout/nameid-unknown",
	Title: "A LogoutRequest that names somebody else ends no session of this person.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("3.7.3")},
	Remedy: "Signing one person out signs another out. Ask the vendor to end the sessions of the NameID and not " +
		"whatever the browser has.",
	Trials: trial.With(there(), thereForged("somebody-else", forge.LogoutNameID("nobody@samlcheck.invalid"))),
	Judge:  refused(thereForged("somebody-else", forge.LogoutNameID("nobody@samlcheck.invalid")), "a LogoutRequest that names somebody else"),
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:any-nameid"},
}
