package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

var sloLocationMissing = samlcheck.Check{
	ID:    "spmetadata/slo-location-missing",
	Title: "Each SingleLogoutService has an absolute URL as Location.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.2.2")},
	Remedy: "Ask the vendor for the full logout URL; until then leave Single Logout URL (Okta) and " +
		"Logout Url (Entra) empty.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		services := sp.SLO(sp.Role)
		if len(services) == 0 {
			return samlcheck.NotApplicable("there is no SingleLogoutService")
		}
		for _, slo := range services {
			if !metadata.Absolute(slo.Location) || slo.ResponseLocation != "" && !metadata.Absolute(slo.ResponseLocation) {
				bad = append(bad, sp.At(slo.Element, "Location="+slo.Location))
			}
		}
		return expect.None(bad, "every Location is an absolute URL", "not an absolute URL")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/slo.xml", Violated: "fixture:sp-metadata/slo-location-missing.xml"},
}
