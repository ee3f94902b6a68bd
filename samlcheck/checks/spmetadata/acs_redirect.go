package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

var acsRedirect = samlcheck.Check{
	ID:    "spmetadata/acs-redirect",
	Title: "No AssertionConsumerService asks for HTTP-Redirect.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Profiles.At("4.1.2")},
	Remedy: "A response must not come by HTTP-Redirect. Ask the vendor to remove that ACS; never choose it " +
		"as Single sign-on URL (Okta) or Reply URL (Entra).",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		for _, acs := range sp.ACS() {
			if acs.Binding == message.Redirect {
				bad = append(bad, sp.At(acs.Element, acs.Location))
			}
		}
		return expect.None(bad, "none uses HTTP-Redirect", "HTTP-Redirect for responses")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/acs-redirect.xml"},
}
