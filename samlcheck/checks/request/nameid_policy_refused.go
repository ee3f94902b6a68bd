package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var nameidPolicyRefused = samlcheck.Check{
	ID:    "request/nameid-policy-refused",
	Title: "The request asks for a NameID format that Entra and Okta can give.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("3.4.1.1"), cite.Entra.At("NameIDPolicy"), cite.EntraErrors.At("AADSTS75016")},
	Remedy: "Ask the vendor to leave NameIDPolicy out, or to ask for emailAddress, unspecified, persistent " +
		"or transient: Entra refuses all others (AADSTS75016), and Okta wants the format that the app is " +
		"set up with.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		p := r.NameIDPolicy
		if p == nil || p.Format == "" {
			return samlcheck.Holds("the request asks for no format")
		}
		switch p.Format {
		case "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
			"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient":
			return samlcheck.Holds("the request asks for %s", p.Format)
		}
		return samlcheck.Violated("the request asks for %s", expect.Excerpt(p.Format)).At(r.at(p.Element, p.Format))
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/nameid-policy-refused.xml"},
}
