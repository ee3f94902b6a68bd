package response

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var issueInstantFuture = samlcheck.Check{
	ID:    "response/issue-instant-future",
	Title: "A response that is issued only tomorrow is refused.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("3.2.2"), cite.Core.At("1.3.3")},
	Remedy: "Nothing has to be done: the times that bind are those of the assertion. A response from the future is a sign " +
		"that one of the two clocks is wrong.",
	Trials: trial.Against(forge.Moved("Response", "IssueInstant", 24*time.Hour)),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:response-issue-time"},
}
