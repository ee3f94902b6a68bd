package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var acsMissing = samlcheck.Check{
	ID:    "spmetadata/acs-missing",
	Title: "There is an AssertionConsumerService to send responses to.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.4.4")},
	Remedy: "Ask the vendor for the ACS URL (Okta: Single sign-on URL; Entra: Reply URL) and for metadata " +
		"that names it.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		if n := len(sp.ACS()); n > 0 {
			return samlcheck.Holds("there are %d assertion consumer services", n)
		}
		return expect.None([]transcript.Ref{sp.At(sp.Role, "SPSSODescriptor")}, "", "there is no AssertionConsumerService")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/acs-missing.xml"},
}
