package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

var acsDefaultNotPost = samlcheck.Check{
	ID:    "spmetadata/acs-default-not-post",
	Title: "The default AssertionConsumerService takes HTTP-POST.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.2.3"), cite.EntraErrors.At("AADSTS75003")},
	Remedy: "Okta and Entra deliver by HTTP-POST only. Enter the ACS that takes HTTP-POST as Single " +
		"sign-on URL (Okta) and default Reply URL (Entra), and ask the vendor to make it the default.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		defaults := 0
		for _, acs := range sp.ACS() {
			if !acs.Default() {
				continue
			}
			if defaults++; acs.Binding != message.POST {
				bad = append(bad, sp.At(acs.Element, acs.Binding))
			}
		}
		if defaults == 0 {
			return samlcheck.NotApplicable("no AssertionConsumerService is marked as the default")
		}
		return expect.None(bad, "the default takes HTTP-POST", "the default takes another binding")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/acs-default-not-post.xml"},
}
