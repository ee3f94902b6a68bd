package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var certificateBroken = samlcheck.Check{
	ID:    "spmetadata/certificate-broken",
	Title: "Every certificate can be read.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.4.1.1"), cite.XMLDSig.At("4.5.4")},
	Remedy: "The certificate is damaged: usually cut off, or changed by copying. Download the metadata " +
		"again, or ask the vendor for it.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.CertificatesReadable(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/certificate-broken.xml"},
}
