package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var entityidLong = samlcheck.Check{
	ID:     "idpmetadata/entityid-long",
	Title:  "The entityID has at most 1024 characters.",
	Level:  samlcheck.Must,
	Cites:  []cite.Clause{cite.Metadata.At("2.2.1"), cite.Core.At("8.3.6")},
	Remedy: "Ask whoever runs the identity provider for a shorter entityID.",
	Reads:  samlcheck.IdPMetadata,
	Judge:  expect.EntityIDShort(expect.IdP),
	Proof:  samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/entityid-long.xml"},
}
