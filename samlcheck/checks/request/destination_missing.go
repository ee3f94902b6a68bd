package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var destinationMissing = samlcheck.Check{
	ID:    "request/destination-missing",
	Title: "A signed request names its Destination.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Bindings.At("3.4.5.2"), cite.Bindings.At("3.5.5.2")},
	Remedy: "Ask the vendor to correct it. Without a Destination a signed request can be replayed at another " +
		"identity provider.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		switch {
		case !r.signed():
			return samlcheck.NotApplicable("the request is not signed")
		case r.Destination == "":
			return samlcheck.Violated("the request is signed and has no Destination").At(r.root("AuthnRequest"))
		}
		return samlcheck.Holds("the signed request has a Destination")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/signed.xml", Violated: "fixture:requests/destination-missing.xml"},
}
