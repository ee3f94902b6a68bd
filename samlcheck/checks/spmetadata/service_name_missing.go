package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

var serviceNameMissing = samlcheck.Check{
	ID:    "spmetadata/service-name-missing",
	Title: "A set of requested attributes has a name for people.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.4.4.1")},
	Remedy: "The schema requires ServiceName; strict readers refuse the file. Ask the vendor to add it; " +
		"Okta and Entra do not read it.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		all := sp.Find("AttributeConsumingService")
		if len(all) == 0 {
			return samlcheck.NotApplicable("no attributes are requested")
		}
		for _, s := range all {
			if message.Text(message.Child(s, message.NSMetadata, "ServiceName")) == "" {
				index, _ := message.Attr(s, "index")
				bad = append(bad, sp.At(s, "index="+index))
			}
		}
		return expect.None(bad, "every set has a ServiceName", "no ServiceName")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/service-name-missing.xml"},
}
