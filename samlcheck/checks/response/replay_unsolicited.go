package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var replayUnsolicited = samlcheck.Check{
	ID:    "response/replay-unsolicited",
	Title: "A response that nobody asked for is refused when it is posted again.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.5"), cite.Core.At("2.5.1.5")},
	Remedy: "A login that begins at the identity provider answers no request, so nothing but the assertion's ID can " +
		"show that it was used before. Ask the vendor to remember that ID until NotOnOrAfter, or to refuse logins " +
		"that begin at the identity provider: validateInResponseTo: always in node-saml, AllowIDPInitiated: false " +
		"in crewjam/saml, neither of which remembers the ID.",
	Trials: trial.With(replayed(trial.IdPInitiated, "replay-unsolicited")),
	Judge:  expect.RefusedAgain("replay-unsolicited", "login"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:replay"},
}
