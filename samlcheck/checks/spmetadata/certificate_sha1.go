package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var certificateSha1 = samlcheck.Check{
	ID:    "spmetadata/certificate-sha1",
	Title: "No certificate is signed with SHA-1 or MD5.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.NIST.At("9"), cite.MetaIOP.At("2.6.1")},
	Remedy: "Nothing has to be done: only the key is used. Some scanners object; a renewed certificate ends " +
		"that.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.CertificatesNotSHA1(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/certificate-sha1.xml"},
}
