package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/setup"
	"example.com/samepage/samlcheck/transcript"
)

var entraSetupIncomplete = samlcheck.Check{
	ID:    "spmetadata/entra-setup-incomplete",
	Title: "What Entra's single sign-on page needs stands in the metadata.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Entra.At("AuthnRequest"), cite.EntraErrors.At("AADSTS50011")},
	Remedy: "Ask the vendor for what is missing; `samlcheck pair` prints the whole form, with " +
		"everything that can be filled in already.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		for _, label := range setup.Missing(setup.Entra(sp.Doc)) {
			bad = append(bad, sp.At(sp.Role, label))
		}
		return expect.None(bad, "the form can be filled in from the metadata", "the metadata does not say what to enter as")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/acs-missing.xml"},
}
