package request

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/trial"
)

var issueInstantFar = samlcheck.Check{
	ID:    "request/issue-instant-far",
	Title: "The service's clock agrees with ours within five minutes.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Kantara.At("IIP-G01"), cite.EntraErrors.At("AADSTS76026")},
	Remedy: "One of the two clocks is wrong. Check this machine's first; if it is right, ask the vendor to " +
		"set theirs: responses would be refused as expired or not yet valid.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		t, err := metadata.ParseTime(r.IssueInstant)
		if err != nil {
			return samlcheck.NotApplicable("IssueInstant cannot be read")
		}
		const tolerance = 5 * time.Minute
		from, to := r.step.Began, r.step.Began.Add(time.Duration(r.step.Took)*time.Millisecond)
		switch {
		case from.IsZero():
			return samlcheck.Undecided("the transcript does not say when the login began")
		case t.Before(from.Add(-tolerance)):
			return samlcheck.Violated("the service's clock is behind ours by %s", from.Sub(t).Round(time.Second)).At(r.root("IssueInstant=" + r.IssueInstant))
		case t.After(to.Add(tolerance)):
			return samlcheck.Violated("the service's clock is ahead of ours by %s", t.Sub(to).Round(time.Second)).At(r.root("IssueInstant=" + r.IssueInstant))
		}
		return samlcheck.Holds("the clocks agree within %v", tolerance)
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/issue-instant-far.xml"},
}
