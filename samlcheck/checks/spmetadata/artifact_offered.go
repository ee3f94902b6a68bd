package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

var artifactOffered = samlcheck.Check{
	ID:    "spmetadata/artifact-offered",
	Title: "Responses are taken by HTTP-POST, without artifacts.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Profiles.At("4.1.2")},
	Remedy: "Nothing has to be done: Okta and Entra know no artifacts. Never enter this ACS as Single " +
		"sign-on URL (Okta) or Reply URL (Entra).",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		for _, acs := range sp.ACS() {
			if acs.Binding == message.Artifact {
				bad = append(bad, sp.At(acs.Element, acs.Location))
			}
		}
		return expect.None(bad, "no ACS takes artifacts", "these take artifacts, which Okta and Entra do not send")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/artifact-offered.xml"},
}
