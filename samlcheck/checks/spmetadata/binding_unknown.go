package spmetadata

import (
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
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
				if !knownBinding(e.Binding) {
					bad = append(bad, sp.At(e.Element, "Binding="+e.Binding))
				}
			}
		}
		return expect.None(bad, "every binding is known", "bindings that SAML does not know")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/binding-unknown.xml"},
}

// knownBinding leaves alone whatever is not in SAML's own namespace, and SAML
// 1.x profiles, which a dual-stack service publishes beside SAML 2.0.
func knownBinding(b string) bool {
	if rest, ok := strings.CutPrefix(b, "urn:oasis:names:tc:SAML:"); ok && strings.HasPrefix(rest, "1.") {
		return true
	}
	switch b {
	case message.POST, message.Redirect, message.Artifact, message.SOAP, message.PAOS, message.URI,
		"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST-SimpleSign", "urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser":
		return true
	}
	return strings.Contains(b, ":") && !strings.HasPrefix(b, "urn:oasis:")
}
