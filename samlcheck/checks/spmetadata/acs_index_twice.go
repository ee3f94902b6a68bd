package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var acsIndexTwice = samlcheck.Check{
	ID:    "spmetadata/acs-index-twice",
	Title: "No two AssertionConsumerServices share an index.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.2.3")},
	Remedy: "Ask the vendor to number the endpoints differently; a request that asks by index could be " +
		"answered at the wrong one.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		seen := map[string]bool{}
		for _, acs := range sp.ACS() {
			if acs.Index != "" && seen[acs.Index] {
				bad = append(bad, sp.At(acs.Element, "index="+acs.Index))
			}
			seen[acs.Index] = true
		}
		return expect.None(bad, "every index stands once", "an index stands twice")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/acs-index-twice.xml"},
}
