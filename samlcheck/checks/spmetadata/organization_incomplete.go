package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

var organizationIncomplete = samlcheck.Check{
	ID:    "spmetadata/organization-incomplete",
	Title: "An Organization has a name, a display name and a URL.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.3.2.1")},
	Remedy: "The schema requires all three, and strict readers refuse the file. Ask the vendor to complete " +
		"it, or enter the values by hand in Okta or Entra.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		all := sp.Find("Organization")
		for _, o := range all {
			for _, name := range []string{"OrganizationName", "OrganizationDisplayName", "OrganizationURL"} {
				if message.Child(o, message.NSMetadata, name) == nil {
					bad = append(bad, sp.At(o, "no "+name))
				}
			}
		}
		if len(all) == 0 {
			return samlcheck.NotApplicable("there is no Organization")
		}
		return expect.None(bad, "the Organization is complete", "the Organization is incomplete")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/complete.xml", Violated: "fixture:sp-metadata/organization-incomplete.xml"},
}
