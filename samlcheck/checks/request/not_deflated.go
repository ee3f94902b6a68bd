package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/trial"
)

var notDeflated = samlcheck.Check{
	ID:    "request/not-deflated",
	Title: "A request by HTTP-Redirect is compressed.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Bindings.At("3.4.4.1")},
	Remedy: "Ask the vendor to correct it. The binding demands DEFLATE, and most identity providers cannot " +
		"read the request without it.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		q := r.step.Request.Query
		if r.step.Request.Binding != "HTTP-Redirect" || q == "" {
			return samlcheck.NotApplicable("the request did not come by HTTP-Redirect")
		}
		p, err := message.DecodeRedirect(q)
		switch {
		case err != nil:
			return samlcheck.Undecided("the query cannot be read: %v", err)
		case !p.Deflated:
			return samlcheck.Violated("the request is base64 alone, without DEFLATE").At(r.root("SAMLRequest"))
		}
		return samlcheck.Holds("the request is compressed with DEFLATE")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/not-deflated.xml"},
}
