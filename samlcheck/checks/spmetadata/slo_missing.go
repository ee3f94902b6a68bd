package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var sloMissing = samlcheck.Check{
	ID:    "spmetadata/slo-missing",
	Title: "The service offers single logout.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Kantara.At("IIP-SP14")},
	Remedy: "Nothing has to be done. Whoever signs out at Okta or Entra stays signed in at the service " +
		"until its session ends: choose its session length accordingly.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		if len(sp.SLO(sp.Role)) == 0 {
			bad = append(bad, sp.At(sp.Role, "SPSSODescriptor"))
		}
		return expect.None(bad, "single logout is offered", "no single logout is offered")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/slo.xml", Violated: "fixture:sp-metadata/slo-missing.xml"},
}
