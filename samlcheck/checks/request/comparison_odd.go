package request

import (
	"slices"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var comparisonOdd = samlcheck.Check{
	ID:     "request/comparison-odd",
	Title:  "Comparison is one of exact, minimum, maximum and better.",
	Level:  samlcheck.Must,
	Cites:  []cite.Clause{cite.Core.At("3.3.2.2.1")},
	Remedy: "Ask the vendor to correct it. Entra takes exact alone; Okta does not look at it.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		switch q := r.RequestedAuthnContext; {
		case q == nil || q.Comparison == "":
			return samlcheck.NotApplicable("the request has no Comparison")
		case slices.Contains([]string{"exact", "minimum", "maximum", "better"}, q.Comparison):
			return samlcheck.Holds("Comparison is %s", q.Comparison)
		default:
			return samlcheck.Violated("Comparison is %s", expect.Excerpt(q.Comparison)).At(r.at(q.Element, q.Comparison))
		}
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/authn-context-demanded.xml", Violated: "fixture:requests/comparison-odd.xml"},
}
