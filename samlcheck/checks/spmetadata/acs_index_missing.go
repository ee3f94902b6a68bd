package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var acsIndexMissing = samlcheck.Check{
	ID:    "spmetadata/acs-index-missing",
	Title: "Each AssertionConsumerService has an index.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.2.3")},
	Remedy: "The schema requires the index; strict readers refuse the file. Ask the vendor to number the " +
		"endpoints, or enter them by hand in Okta or Entra.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		for _, acs := range sp.ACS() {
			if acs.Index == "" {
				bad = append(bad, sp.At(acs.Element, acs.Location))
			}
		}
		return expect.None(bad, "every endpoint has an index", "endpoints without an index")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/acs-index-missing.xml"},
}
