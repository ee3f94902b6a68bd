package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

var attributeFormatMissing = samlcheck.Check{
	ID:    "spmetadata/attribute-format-missing",
	Title: "Each requested attribute says the format of its name.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("2.7.3.1"), cite.Kantara.At("IIP-SP01")},
	Remedy: "Nothing has to be done: Entra sends names without a format, Okta lets you choose one. If " +
		"the service does not find an attribute, try the format unspecified in Okta first.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		all := sp.Find("RequestedAttribute")
		if len(all) == 0 {
			return samlcheck.NotApplicable("no attribute is requested")
		}
		for _, a := range all {
			if format, _ := message.Attr(a, "NameFormat"); format == "" {
				name, _ := message.Attr(a, "Name")
				bad = append(bad, sp.At(a, name))
			}
		}
		return expect.None(bad, "every requested attribute has a NameFormat", "these have no NameFormat")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/attribute-format-missing.xml"},
}
