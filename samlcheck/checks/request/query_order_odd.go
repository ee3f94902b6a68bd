package request

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var queryOrderOdd = samlcheck.Check{
	ID:    "request/query-order-odd",
	Title: "The parameters of a signed query stand in the order in which they are signed.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Bindings.At("3.4.4.1")},
	Remedy: "Nothing has to be done: the signature verifies. An identity provider that verifies the " +
		"query as it stands would refuse it; ask the vendor for the order SAMLRequest, RelayState, SigAlg, " +
		"Signature.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		if !r.detached() {
			return samlcheck.NotApplicable("no query is signed")
		}
		last := -1
		for pair := range strings.SplitSeq(r.step.Request.Query, "&") {
			name, _, _ := strings.Cut(pair, "=")
			i := slices.Index([]string{"SAMLRequest", "RelayState", "SigAlg", "Signature"}, name)
			if i >= 0 && i < last {
				return samlcheck.Violated("%s stands too late in the query", name).At(r.root(name))
			}
			last = max(last, i)
		}
		return samlcheck.Holds("the query has the order that is signed")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/signed.xml", Violated: "fixture:requests/query-order-odd.xml"},
}
