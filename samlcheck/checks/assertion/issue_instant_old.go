package assertion

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var issueInstantOld = samlcheck.Check{
	ID:    "assertion/issue-instant-old",
	Title: "An assertion that was issued a day ago is refused.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("2.3.3"), cite.Core.At("1.3.3")},
	Remedy: "Nothing has to be done: the times that bind are those of Conditions and of the subject confirmation, which are " +
		"right here.",
	Trials: trial.Against(forge.Moved("Assertion", "IssueInstant", -24*time.Hour)),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:assertion-issue-time"},
}
