package request

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var nameidFormatUnlisted = samlcheck.Check{
	ID:    "request/nameid-format-unlisted",
	Title: "The NameID format that the request asks for stands in the metadata.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.4.2"), cite.Core.At("3.4.1.1")},
	Remedy: "Believe the request: set its format as Name ID format in Okta and Unique User Identifier " +
		"in Entra. Ask the vendor which of the two is right.",
	Reads:  samlcheck.SPMetadata,
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(c *samlcheck.Case, r captured) samlcheck.Verdict {
		p, listed := r.NameIDPolicy, c.SP.NameIDFormats(c.SP.SP())
		switch {
		case p == nil || p.Format == "" || strings.HasSuffix(p.Format, ":unspecified"):
			return samlcheck.NotApplicable("the request asks for no format")
		case len(listed) == 0:
			return samlcheck.NotApplicable("the metadata lists no NameIDFormat")
		case slices.Contains(listed, p.Format):
			return samlcheck.Holds("the metadata lists %s too", expect.Excerpt(p.Format))
		}
		return samlcheck.Violated("the request asks for %s; the metadata lists %s", expect.Excerpt(p.Format), expect.Excerpt(strings.Join(listed, ", "))).
			At(r.at(p.Element, p.Format))
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/nameid-format-unlisted.xml"},
}
