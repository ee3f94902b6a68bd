package request

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var authnContextDemanded = samlcheck.Check{
	ID:    "request/authn-context-demanded",
	Title: "The request leaves it to the identity provider how people sign in.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.SAML2Int.At("SDP-SP07"), cite.EntraErrors.At("AADSTS75011")},
	Remedy: "Ask the vendor to leave RequestedAuthnContext out (some have a setting for it). With one, " +
		"people who signed in otherwise, by multi-factor, Windows or certificate, get AADSTS75011 from " +
		"Entra.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		a := r.RequestedAuthnContext
		if a == nil {
			return samlcheck.Holds("the request demands no way of signing in")
		}
		how := a.Comparison
		if how == "" {
			how = "exact"
		}
		const open = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified"
		if how == "exact" && slices.Contains(a.Classes, open) {
			return samlcheck.Holds("the request names a way of signing in, and takes any")
		}
		return samlcheck.Violated("the request demands %s %s", expect.Excerpt(how), expect.Excerpt(strings.Join(a.Classes, ", "))).
			At(r.at(a.Element, "RequestedAuthnContext"))
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/authn-context-demanded.xml"},
}
