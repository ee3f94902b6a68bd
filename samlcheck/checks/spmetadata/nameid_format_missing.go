package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var nameidFormatMissing = samlcheck.Check{
	ID:    "spmetadata/nameid-format-missing",
	Title: "The service says which NameID it wants.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Metadata.At("2.4.2")},
	Remedy: "Ask the vendor what it wants as NameID, and choose that as Name ID format in Okta and " +
		"Unique User Identifier in Entra; most services want the e-mail address.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		if len(sp.NameIDFormats(sp.Role)) == 0 {
			bad = append(bad, sp.At(sp.Role, "SPSSODescriptor"))
		}
		return expect.None(bad, "a NameIDFormat is listed", "no NameIDFormat is listed")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/nameid-format-missing.xml"},
}
