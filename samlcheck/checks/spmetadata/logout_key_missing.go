package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var logoutKeyMissing = samlcheck.Check{
	ID:    "spmetadata/logout-key-missing",
	Title: "A service with single logout publishes the key that it signs logout messages with.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Profiles.At("4.4.4.1"), cite.Metadata.At("2.4.1.1")},
	Remedy: "Logout messages must be authenticated. Okta wants the Signature Certificate before it " +
		"offers Single Logout: leave it off, or ask the vendor for its signing certificate.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		services := sp.SLO(sp.Role)
		if len(services) == 0 {
			return samlcheck.NotApplicable("there is no SingleLogoutService")
		}
		if len(sp.Keys(sp.Role, "signing")) == 0 {
			bad = append(bad, sp.At(services[0].Element, services[0].Location))
		}
		return expect.None(bad, "the key for logout messages is published", "there is single logout and no signing key")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/slo.xml", Violated: "fixture:sp-metadata/logout-key-missing.xml"},
}
