package statement

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// It warns: by Profiles 4.1.4.3 the service provider SHOULD discard the session.
var sessionOver = samlcheck.Check{
	ID:    "statement/session-over",
	Title: "An assertion whose session has ended is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.7.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Entra and Okta write an end of the session only where an administrator has set one. Ask the vendor to end the " +
		"session of the service then too, and to start none after it.",
	Trials: trial.Against(forge.SessionOver(time.Hour)),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:session-over"},
}
