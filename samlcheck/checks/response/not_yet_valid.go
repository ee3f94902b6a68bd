package response

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var notYetValid = samlcheck.Check{
	ID:    "response/not-yet-valid",
	Title: "A response that is not valid yet is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("2.5.1.2")},
	Remedy: "Ask the vendor to check Conditions/NotBefore, with a few minutes of tolerance. Look for a clock- " +
		"skew setting that is far too large, or time checks that were switched off because a server's clock " +
		"was wrong.",
	Trials: trial.Against(forge.NotYetValid(time.Hour)),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:not-before"},
}
