package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

var bindingUnknown = samlcheck.Check{
	ID:    "spmetadata/binding-unknown",
	Title: "Every Binding is one that SAML knows.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.2.2")},
	Remedy: "The value is probably misspelt, and readers will skip the endpoint. Ask the vendor to correct " +
		"it, or enter the endpoint by hand in Okta or Entra.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		for _, local := range []string{"AssertionConsumerService", "SingleLogoutService", "ArtifactResolutionService", "ManageNameIDService"} {
			for _, e := range sp.Endpoints(sp.Role, local) {
				if !metadata.KnownBinding(e.Binding) {
					bad = append(bad, sp.At(e.Element, "Binding="+e.Binding))
				}
			}
		}
		return expect.None(bad, "every binding is known", "bindings that SAML does not know")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/binding-unknown.xml"},
}
