package request

import (
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var nameidFormatDemanded = samlcheck.Check{
	ID:    "request/nameid-format-demanded",
	Title: "The request leaves the NameID's format to the identity provider.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Kantara.At("IIP-SP03"), cite.SAML2Int.At("SDP-SP04")},
	Remedy: "Set exactly this format: in Okta as Name ID format (a request that names another is " +
		"refused), in Entra as Unique User Identifier, which follows the request.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		p := r.NameIDPolicy
		if p == nil || p.Format == "" || strings.HasSuffix(p.Format, ":unspecified") {
			return samlcheck.Holds("no format is demanded")
		}
		return samlcheck.Violated("the request demands %s", expect.Excerpt(p.Format)).At(r.at(p.Element, p.Format))
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/bare.xml", Violated: "fixture:requests/nameid-format-demanded.xml"},
}
