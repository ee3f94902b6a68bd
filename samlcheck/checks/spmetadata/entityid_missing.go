package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var entityidMissing = samlcheck.Check{
	ID:    "spmetadata/entityid-missing",
	Title: "The service provider's metadata has an entityID.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.3.2")},
	Remedy: "Ask the vendor for metadata with an entityID. Without one, nothing can be entered as Audience " +
		"URI in Okta or Identifier in Entra.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.EntityIDThere(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/entityid-missing.xml"},
}
