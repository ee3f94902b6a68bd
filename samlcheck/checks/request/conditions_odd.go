package request

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/trial"
)

var conditionsOdd = samlcheck.Check{
	ID:    "request/conditions-odd",
	Title: "Conditions in the request can be met.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("2.5.1.2"), cite.Core.At("3.4.1")},
	Remedy: "Entra does not look at Conditions in a request; other identity providers refuse it. Ask " +
		"the vendor to leave them out.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		if r.Conditions == nil {
			return samlcheck.NotApplicable("the request has no Conditions")
		}
		var at [2]time.Time
		for i, name := range []string{"NotBefore", "NotOnOrAfter"} {
			v, ok := message.Attr(r.Conditions, name)
			if !ok {
				continue
			}
			t, err := metadata.ParseTime(v)
			if err != nil {
				return samlcheck.Violated("%s is no time", name).At(r.at(r.Conditions, name+"="+v))
			}
			at[i] = t
		}
		if sent := r.step.Began; !at[1].IsZero() && (!at[0].Before(at[1]) || !sent.Before(at[1])) {
			return samlcheck.Violated("there is no moment at which they hold").At(r.at(r.Conditions, "Conditions"))
		}
		return samlcheck.Holds("the Conditions can be met")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/conditions.xml", Violated: "fixture:requests/conditions-odd.xml"},
}
