package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

var acsHttps = samlcheck.Check{
	ID:    "spmetadata/acs-https",
	Title: "Every AssertionConsumerService is reached over TLS.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Bindings.At("3.5.5"), cite.House.At("acs-https")},
	Remedy: "Ask the vendor for an https:// ACS: assertions are bearer tokens, and whoever reads one on the " +
		"way can sign in with it. Entra takes http:// for localhost only.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		for _, acs := range sp.ACS() {
			if metadata.Plain(acs.Location) {
				bad = append(bad, sp.At(acs.Element, acs.Location))
			}
		}
		return expect.None(bad, "every endpoint uses https, or is on this machine", "endpoints without TLS")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/acs-https.xml"},
}
