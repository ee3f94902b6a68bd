package spmetadata

import (
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

var attributeUnnamed = samlcheck.Check{
	ID:    "spmetadata/attribute-unnamed",
	Title: "Each requested attribute has a name.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Core.At("2.7.3.1"), cite.Metadata.At("2.4.4.2")},
	Remedy: "Ask the vendor which attribute it wants, and send it by that name from Okta (Attribute " +
		"Statements) and Entra (Attributes & Claims).",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		all := sp.Find("RequestedAttribute")
		if len(all) == 0 {
			return samlcheck.NotApplicable("no attribute is requested")
		}
		for _, a := range all {
			if name, _ := message.Attr(a, "Name"); strings.TrimSpace(name) == "" {
				bad = append(bad, sp.At(a, "RequestedAttribute"))
			}
		}
		return expect.None(bad, "every requested attribute has a name", "a requested attribute has no name")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/attribute-unnamed.xml"},
}
