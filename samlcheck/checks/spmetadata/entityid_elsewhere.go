package spmetadata

import (
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var entityidElsewhere = samlcheck.Check{
	ID:    "spmetadata/entityid-elsewhere",
	Title: "An entityID that is an address is where the metadata is.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Metadata.At("4.1")},
	Remedy: "Nothing has to be done: an entityID is a name, and Okta and Entra compare it as text. Make " +
		"sure that the file belongs to the service that you mean.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		if sp.Copy || !strings.Contains(sp.Source, "://") { // a run judges the copy in its bundle
			return samlcheck.NotApplicable("the metadata was read from a file")
		}
		if !strings.HasPrefix(sp.EntityID(), "http") {
			return samlcheck.NotApplicable("the entityID is not an address")
		}
		if sp.EntityID() != sp.Source {
			bad = append(bad, sp.At(sp.Entity, sp.EntityID()))
		}
		return expect.None(bad, "the metadata was read from the entityID", "the metadata was read from "+expect.Excerpt(sp.Source)+", and the entityID is another address")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/from-address.xml", Violated: "fixture:sp-metadata/entityid-elsewhere.xml"},
}
