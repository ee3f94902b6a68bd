package spmetadata

import (
	"fmt"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

var attributeTwice = samlcheck.Check{
	ID:    "spmetadata/attribute-twice",
	Title: "No attribute is requested twice.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("2.7.3.1")},
	Remedy: "Send it once, from Okta (Attribute Statements) and Entra (Attributes & Claims), and ask " +
		"the vendor which of the two is meant: they may differ in isRequired.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		all := sp.Find("RequestedAttribute")
		if len(all) == 0 {
			return samlcheck.NotApplicable("no attribute is requested")
		}
		seen := map[string]bool{}
		for _, a := range all {
			name, _ := message.Attr(a, "Name")
			format, _ := message.Attr(a, "NameFormat")
			key := fmt.Sprintf("%p %s %s", a.Parent(), name, format)
			if name != "" && seen[key] {
				bad = append(bad, sp.At(a, name))
			}
			seen[key] = true
		}
		return expect.None(bad, "every attribute is requested once", "requested a second time")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/attribute-twice.xml"},
}
