package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var acsDefaultTwice = samlcheck.Check{
	ID:    "spmetadata/acs-default-twice",
	Title: "At most one AssertionConsumerService is the default.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.2.3")},
	Remedy: "The first one counts. Ask the vendor which is meant, and enter that one first in Okta or as the " +
		"default Reply URL in Entra.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		defaults := 0
		for _, acs := range sp.ACS() {
			if acs.Default() {
				if defaults++; defaults == 1 {
					continue
				}
				bad = append(bad, sp.At(acs.Element, acs.Location))
			}
		}
		return expect.None(bad, "at most one endpoint is the default", "more than one default")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/acs-default-twice.xml"},
}
