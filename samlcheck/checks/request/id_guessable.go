package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

// SAML wants 128 bits. What is counted is the most that the differing places could
// hold, so the limit is lower: a UUID, with its 122, is nothing to object to.
var idGuessable = samlcheck.Check{
	ID:    "request/id-guessable",
	Title: "Nobody can guess the ID of the next request.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("1.3.4")},
	Remedy: "Ask the vendor for IDs with 128 random bits and more. Whoever can guess an ID can prepare " +
		"a response to a login that has not begun.",
	Trials: []trial.Trial{trial.Clean(), trial.CleanAgain()},
	Judge: asked(func(c *samlcheck.Case, r captured) samlcheck.Verdict {
		ids := allIDs(c, r.ID)
		if len(ids) < 2 {
			return samlcheck.NotApplicable("there is one request to look at: nothing to compare")
		}
		if bits := most(ids); bits < 64 {
			return samlcheck.Violated("%d requests differ in so few places that an ID has %d bits at most", len(ids), bits).At(r.root(r.ID))
		}
		return samlcheck.Holds("%d requests differ enough to have 64 random bits and more", len(ids))
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/id-guessable.xml"},
}
