package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/setup"
	"example.com/samepage/samlcheck/transcript"
)

var oktaSetupIncomplete = samlcheck.Check{
	ID:    "spmetadata/okta-setup-incomplete",
	Title: "What Okta's app wizard needs stands in the metadata.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Okta.At("Single sign on URL"), cite.Okta.At("Audience URI")},
	Remedy: "Ask the vendor for what is missing; `samlcheck pair` prints the whole form, with " +
		"everything that can be filled in already.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		for _, label := range setup.Missing(setup.Okta(sp.Doc)) {
			bad = append(bad, sp.At(sp.Role, label))
		}
		return expect.None(bad, "the form can be filled in from the metadata", "the metadata does not say what to enter as")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/acs-missing.xml"},
}
