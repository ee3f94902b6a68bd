package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

var discoveryOdd = samlcheck.Check{
	ID:    "spmetadata/discovery-odd",
	Title: "A DiscoveryResponse has its own binding, an index and an absolute URL.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Kantara.At("IIP-SP04"), cite.Metadata.At("2.2.3")},
	Remedy: "Nothing has to be done for Okta and Entra, which know no discovery service. Ask the vendor " +
		"to correct it.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		all := message.Descendants(sp.Role, discovery, "DiscoveryResponse")
		if len(all) == 0 {
			return samlcheck.NotApplicable("there is no DiscoveryResponse")
		}
		seen := map[string]bool{}
		for _, e := range all {
			binding, _ := message.Attr(e, "Binding")
			index, _ := message.Attr(e, "index")
			to, _ := message.Attr(e, "Location")
			if binding != discovery || index == "" || seen[index] || !metadata.Absolute(to) {
				bad = append(bad, sp.At(e, "index="+index+" Location="+to))
			}
			seen[index] = true
		}
		return expect.None(bad, "every DiscoveryResponse is complete", "binding, index or Location is wrong")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/discovery-odd.xml"},
}

const discovery = "urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol"
