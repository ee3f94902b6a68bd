package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var consentUnsigned = samlcheck.Check{
	ID:    "request/consent-unsigned",
	Title: "A request that speaks of consent is signed.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("3.2.1")},
	Remedy: "Okta and Entra do not look at Consent. Ask the vendor to leave it out, or to sign its " +
		"requests.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		const none, unknown = "urn:oasis:names:tc:SAML:2.0:consent:unspecified", "urn:oasis:names:tc:SAML:2.0:consent:unavailable"
		switch {
		case r.Consent == "" || r.Consent == none || r.Consent == unknown:
			return samlcheck.NotApplicable("the request says nothing of consent")
		case r.signed():
			return samlcheck.Holds("it speaks of consent, and is signed")
		}
		return samlcheck.Violated("the request says %s and is not signed", expect.Excerpt(r.Consent)).At(r.root(r.Consent))
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/consent.xml", Violated: "fixture:requests/consent-unsigned.xml"},
}
