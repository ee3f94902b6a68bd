package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/trial"
)

var acsPlain = samlcheck.Check{
	ID:    "request/acs-plain",
	Title: "The ACS that the request asks for is reached over TLS.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Bindings.At("3.5.5"), cite.House.At("acs-https")},
	Remedy: "Do not register this URL, neither as Other Requestable SSO URL in Okta nor as Reply URL in " +
		"Entra, and ask the vendor for https://: assertions are bearer tokens. Behind a proxy, the service " +
		"often does not know that it is reached over TLS.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		switch {
		case r.ACSURL == "":
			return samlcheck.NotApplicable("the request names no ACS by its URL")
		case metadata.Plain(r.ACSURL):
			return samlcheck.Violated("the response is wanted at %s", expect.Excerpt(r.ACSURL)).At(r.root("AssertionConsumerServiceURL=" + r.ACSURL))
		}
		return samlcheck.Holds("the response is wanted over TLS, or on this machine")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/acs-plain.xml"},
}
