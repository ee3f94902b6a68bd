package spmetadata

import (
	"github.com/beevik/etree"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

var holderOfKeyIncoherent = samlcheck.Check{
	ID:    "spmetadata/holder-of-key-incoherent",
	Title: "An endpoint for holder-of-key names its binding, and no other does.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("holder-of-key-incoherent")},
	Remedy: "Okta and Entra know only bearer assertions: enter another ACS as Single sign-on URL (Okta) " +
		"and Reply URL (Entra), and ask the vendor to correct this one.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		n := 0
		for _, acs := range sp.ACS() {
			inner, given := holderOfKey(acs.Element)
			if acs.Binding != metadata.HolderOfKey && !given {
				continue
			}
			n++
			if acs.Binding != metadata.HolderOfKey || !given || !metadata.KnownBinding(inner) || inner == metadata.HolderOfKey {
				bad = append(bad, sp.At(acs.Element, "ProtocolBinding="+inner))
			}
		}
		if n == 0 {
			return samlcheck.NotApplicable("no endpoint is for holder-of-key")
		}
		return expect.None(bad, "endpoints for holder-of-key name their binding", "Binding and hoksso:ProtocolBinding do not fit")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/holder-of-key-incoherent.xml"},
}

// holderOfKey is the binding inside of the profile, an attribute of its namespace.
func holderOfKey(e *etree.Element) (binding string, given bool) {
	for _, a := range e.Attr {
		if a.Key == "ProtocolBinding" && a.Space != "" && a.NamespaceURI() == metadata.HolderOfKey {
			return a.Value, true
		}
	}
	return "", false
}
