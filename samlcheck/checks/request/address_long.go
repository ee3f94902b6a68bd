package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var addressLong = samlcheck.Check{
	ID:    "request/address-long",
	Title: "The address that carries the request is short enough for browsers and proxies.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("address-long")},
	Remedy: "Some proxies and firewalls cut addresses at 2048 characters, or refuse them. Ask the " +
		"vendor to send the request by HTTP-POST, or to leave out what makes it long.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		m := r.step.Request
		switch n := len(m.URL) + 1 + len(m.Query); {
		case r.packed == nil:
			return samlcheck.NotApplicable("the request did not travel in an address")
		case n > 2048:
			return samlcheck.Violated("the address has %d characters", n).At(r.root("SAMLRequest"))
		default:
			return samlcheck.Holds("the address has %d characters", n)
		}
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/written-otherwise.xml", Violated: "fixture:requests/address-long.xml"},
}
