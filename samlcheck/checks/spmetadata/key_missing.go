package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var keyMissing = samlcheck.Check{
	ID:    "spmetadata/key-missing",
	Title: "Each KeyDescriptor holds a key.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.MetaIOP.At("2.6.1"), cite.Metadata.At("2.4.1.1")},
	Remedy: "A name or a reference is nothing that can be uploaded. Ask the vendor for the certificate " +
		"itself before you use it in Okta (Signature or Encryption Certificate) or Entra (Verification " +
		"certificates, Token encryption).",
	Reads: samlcheck.SPMetadata,
	Judge: expect.KeysThere(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/key-missing.xml"},
}
