package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var certificateSeveral = samlcheck.Check{
	ID:    "idpmetadata/certificate-several",
	Title: "Each KeyDescriptor holds one certificate.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.MetaIOP.At("2.6.1")},
	Remedy: "Readers take the first, the last or none. Upload the certificate that signs today by hand, " +
		"or ask for a KeyDescriptor each.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.OneCertificate(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/certificate-several.xml"},
}
