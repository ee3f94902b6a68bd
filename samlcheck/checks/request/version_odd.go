package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var versionOdd = samlcheck.Check{
	ID:     "request/version-odd",
	Title:  "The request is of SAML version 2.0.",
	Level:  samlcheck.Must,
	Cites:  []cite.Clause{cite.Core.At("3.2.1"), cite.Core.At("4.1.3")},
	Remedy: "Ask the vendor to correct it. Okta and Entra answer SAML 2.0 only.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		if r.Version != "2.0" {
			return samlcheck.Violated("Version is %q", expect.Excerpt(r.Version)).At(r.root("Version=" + r.Version))
		}
		return samlcheck.Holds("Version is 2.0")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/version-odd.xml"},
}
