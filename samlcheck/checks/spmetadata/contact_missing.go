package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

var contactMissing = samlcheck.Check{
	ID:     "spmetadata/contact-missing",
	Title:  "The metadata names somebody to write to.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Metadata.At("2.3.2.2")},
	Remedy: "Note down the vendor's support address for the day on which a certificate changes.",
	Reads:  samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		for _, p := range sp.Find("ContactPerson") {
			if t, _ := message.Attr(p, "contactType"); t == "technical" || t == "support" {
				return samlcheck.Holds("there is a %s contact", t)
			}
		}
		return expect.None([]transcript.Ref{sp.At(sp.Entity, "EntityDescriptor")}, "", "there is no technical or support contact")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/complete.xml", Violated: "fixture:sp-metadata/contact-missing.xml"},
}
