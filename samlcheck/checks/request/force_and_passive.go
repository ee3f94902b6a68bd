package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var forceAndPassive = samlcheck.Check{
	ID:    "request/force-and-passive",
	Title: "A login does not ask for a new sign-in and for silence at once.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("3.4.1")},
	Remedy: "Ask the vendor to correct it: nobody can sign in anew without being asked. In Okta, Honor " +
		"Force Authentication decides whether ForceAuthn counts.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		switch {
		case r.ForceAuthn && r.IsPassive:
			return samlcheck.Violated("ForceAuthn and IsPassive are both true").At(r.root("ForceAuthn, IsPassive"))
		case r.IsPassive:
			return samlcheck.Violated("IsPassive is true: whoever is not signed in at the identity provider cannot log in").At(r.root("IsPassive"))
		}
		return samlcheck.Holds("people may be asked to sign in")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/force-and-passive.xml"},
}
