package spmetadata

import (
	"fmt"
	"unicode/utf8"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var entityidLong = samlcheck.Check{
	ID:     "spmetadata/entityid-long",
	Title:  "The entityID has at most 1024 characters.",
	Level:  samlcheck.Must,
	Cites:  []cite.Clause{cite.Metadata.At("2.2.1"), cite.Core.At("8.3.6")},
	Remedy: "Ask the vendor for a shorter entityID.",
	Reads:  samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		n := utf8.RuneCountInString(sp.EntityID())
		if n > 1024 {
			bad = append(bad, sp.At(sp.Entity, fmt.Sprintf("%d characters", n)))
		}
		return expect.None(bad, fmt.Sprintf("the entityID has %d characters", n), "the entityID is too long")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/entityid-long.xml"},
}
