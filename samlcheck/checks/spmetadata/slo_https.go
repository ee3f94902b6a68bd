package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

var sloHttps = samlcheck.Check{
	ID:     "spmetadata/slo-https",
	Title:  "Every SingleLogoutService is reached over TLS.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Bindings.At("3.1.2.1")},
	Remedy: "Ask the vendor for an https:// logout URL before you enter one in Okta or Entra.",
	Reads:  samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		services := sp.SLO(sp.Role)
		if len(services) == 0 {
			return samlcheck.NotApplicable("there is no SingleLogoutService")
		}
		var bad []transcript.Ref
		for _, slo := range services {
			for _, to := range []string{slo.Location, slo.ResponseLocation} {
				if metadata.Plain(to) {
					bad = append(bad, sp.At(slo.Element, to))
				}
			}
		}
		return expect.None(bad, "every logout endpoint uses https, or is on this machine", "logout endpoints without TLS")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/slo.xml", Violated: "fixture:sp-metadata/slo-https.xml"},
}
