package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var issuerMissing = samlcheck.Check{
	ID:     "request/issuer-missing",
	Title:  "The request names its Issuer.",
	Level:  samlcheck.Must,
	Cites:  []cite.Clause{cite.Profiles.At("4.1.4.1")},
	Remedy: "Ask the vendor to correct it. Entra finds the app by the Issuer.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		if r.Issuer == "" {
			return samlcheck.Violated("the request has no Issuer").At(r.root("AuthnRequest"))
		}
		return samlcheck.Holds("the Issuer is %s", expect.Excerpt(r.Issuer))
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/issuer-missing.xml"},
}
