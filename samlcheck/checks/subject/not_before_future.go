package subject

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var notBeforeFuture = samlcheck.Check{
	ID:     "subject/not-before-future",
	Title:  "An assertion is refused whose confirmation is not valid yet.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Core.At("2.4.1.2"), cite.Profiles.At("4.1.4.2")},
	Remedy: "Nothing has to be done: Okta and Entra never write NotBefore there, and the profile forbids it.",
	Trials: trial.Against(forge.ConfirmationNotBefore(time.Hour)),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:confirmation-not-before"},
}
