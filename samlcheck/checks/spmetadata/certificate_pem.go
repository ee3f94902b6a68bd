package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var certificatePem = samlcheck.Check{
	ID:    "spmetadata/certificate-pem",
	Title: "X509Certificate holds base64 alone.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.XMLDSig.At("4.5.4")},
	Remedy: "Some readers stumble over -----BEGIN CERTIFICATE----- inside the XML. Delete these two lines in " +
		"the file before uploading it, and tell the vendor.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.CertificatesBare(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/certificate-pem.xml"},
}
