package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

var acsPostMissing = samlcheck.Check{
	ID:    "spmetadata/acs-post-missing",
	Title: "One AssertionConsumerService takes HTTP-POST.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Kantara.At("IIP-SSO03"), cite.EntraErrors.At("AADSTS75003")},
	Remedy: "Okta and Entra deliver responses by HTTP-POST only. Ask the vendor for an ACS with that " +
		"binding.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		if len(sp.ACS()) == 0 {
			return samlcheck.NotApplicable("there is no AssertionConsumerService at all")
		}
		for _, acs := range sp.ACS() {
			if acs.Binding == message.POST {
				return samlcheck.Holds("%s takes HTTP-POST", expect.Excerpt(acs.Location))
			}
		}
		return expect.None([]transcript.Ref{sp.At(sp.Role, "SPSSODescriptor")}, "", "no AssertionConsumerService takes HTTP-POST")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/acs-post-missing.xml"},
}
