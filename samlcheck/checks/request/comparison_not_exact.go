package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var comparisonNotExact = samlcheck.Check{
	ID:    "request/comparison-not-exact",
	Title: "A demand for an authentication context is compared exactly.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Entra.At("RequestedAuthnContext"), cite.Kantara.At("IIP-SP06")},
	Remedy: "Entra takes exact alone. Ask the vendor to send exact, or better no RequestedAuthnContext " +
		"at all.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		switch q := r.RequestedAuthnContext; {
		case q == nil:
			return samlcheck.NotApplicable("the request demands no authentication context")
		case q.Comparison == "" || q.Comparison == "exact":
			return samlcheck.Holds("it is compared exactly")
		default:
			return samlcheck.Violated("Comparison is %s", expect.Excerpt(q.Comparison)).At(r.at(q.Element, q.Comparison))
		}
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/authn-context-demanded.xml", Violated: "fixture:requests/comparison-not-exact.xml"},
}
