package request

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var issueInstantOdd = samlcheck.Check{
	ID:     "request/issue-instant-odd",
	Title:  "IssueInstant is a time in UTC.",
	Level:  samlcheck.Must,
	Cites:  []cite.Clause{cite.Core.At("1.3.3"), cite.Core.At("3.2.1")},
	Remedy: "Ask the vendor to correct it. The time must be in UTC and end in Z.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		if _, err := time.Parse("2006-01-02T15:04:05.999999999Z", r.IssueInstant); err != nil {
			return samlcheck.Violated("IssueInstant is %q", expect.Excerpt(r.IssueInstant)).At(r.root("IssueInstant=" + r.IssueInstant))
		}
		return samlcheck.Holds("IssueInstant is %s", r.IssueInstant)
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/issue-instant-odd.xml"},
}
