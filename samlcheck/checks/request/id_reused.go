package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var idReused = samlcheck.Check{
	ID:    "request/id-reused",
	Title: "Each request has an ID of its own.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Core.At("1.3.4"), cite.Core.At("3.2.1")},
	Remedy: "Ask the vendor to correct it. Two logins with one ID cannot be told apart, so a stolen response " +
		"fits the next login.",
	Trials: []trial.Trial{trial.Clean(), trial.CleanAgain()},
	Judge: asked(func(c *samlcheck.Case, r captured) samlcheck.Verdict {
		again, err := read(c, trial.CleanAgain().Name)
		if err != "" {
			return samlcheck.Undecided("the second login: %s", err)
		}
		if r.ID == "" {
			return samlcheck.NotApplicable("the request has no ID")
		}
		if r.ID == again.ID {
			return samlcheck.Violated("two logins asked with the same ID %s", expect.Excerpt(r.ID)).At(r.root(r.ID), again.root(again.ID))
		}
		return samlcheck.Holds("two logins asked with different IDs")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/id-reused.xml"},
}
