package spmetadata

import (
	"net/url"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var entityidOddAddress = samlcheck.Check{
	ID:    "spmetadata/entityid-odd-address",
	Title: "The entityID has no query and no port of its own.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("entityid-odd-address")},
	Remedy: "Nothing has to be done: copy it exactly into Okta (Audience URI) and Entra (Identifier). " +
		"Such an entityID often comes from a test system, and changes when the address does.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		u, err := url.Parse(strings.TrimSpace(sp.EntityID()))
		if err != nil || u.Host == "" {
			return samlcheck.NotApplicable("the entityID is not an address")
		}
		if u.RawQuery != "" || u.Port() != "" || u.Fragment != "" {
			bad = append(bad, sp.At(sp.Entity, sp.EntityID()))
		}
		return expect.None(bad, "the entityID is a plain address", "the entityID has a query, a fragment or a port")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/entityid-odd-address.xml"},
}
