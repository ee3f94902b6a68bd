package response

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var issueInstantOld = samlcheck.Check{
	ID:    "response/issue-instant-old",
	Title: "A response that was issued a day ago is refused.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("3.2.2"), cite.Core.At("1.3.3")},
	Remedy: "Nothing has to be done: the times that bind are those of the assertion. Some products refuse a response that was " +
		"issued before it was asked for, which is a good habit.",
	Trials: trial.Against(forge.Moved("Response", "IssueInstant", -24*time.Hour)),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:response-issue-time"},
}
