package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var certificateSeveral = samlcheck.Check{
	ID:    "spmetadata/certificate-several",
	Title: "Each KeyDescriptor holds one certificate.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.MetaIOP.At("2.6.1")},
	Remedy: "Readers take the first, the last or none. Ask the vendor which certificate is in use, and " +
		"upload that one in Okta or Entra.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.OneCertificate(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/certificate-several.xml"},
}
