package spmetadata

import (
	"net/url"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

// SAML Core demands an absolute URI, but plain names are in wide use and both
// vendors take them: a warning, so that a working login is not called broken.
var entityidNotUri = samlcheck.Check{
	ID:    "spmetadata/entityid-not-uri",
	Title: "The entityID is an absolute URI.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.2.1"), cite.Core.At("1.3.2")},
	Remedy: "It works where both sides compare it as text. If it has to be entered by hand, copy it exactly; " +
		"for a new set-up ask the vendor for a URI (https:// or urn:).",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		id := strings.TrimSpace(sp.EntityID())
		if id == "" {
			return samlcheck.NotApplicable("there is no entityID")
		}
		var bad []transcript.Ref
		if u, err := url.Parse(strings.Join(strings.Fields(id), "")); err != nil || u.Scheme == "" {
			bad = append(bad, sp.At(sp.Entity, id))
		}
		return expect.None(bad, "the entityID is an absolute URI", "the entityID is not an absolute URI")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/entityid-not-uri.xml"},
}
