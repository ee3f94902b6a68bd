package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var keyMissing = samlcheck.Check{
	ID:    "idpmetadata/key-missing",
	Title: "Each KeyDescriptor holds a key.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.MetaIOP.At("2.6.1"), cite.Metadata.At("2.4.1.1")},
	Remedy: "Download the metadata again; if it stays so, ask whoever runs the identity provider for " +
		"the certificate itself: the service cannot verify a signature with a name.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.KeysThere(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/key-missing.xml"},
}
