package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var certificateSha1 = samlcheck.Check{
	ID:    "idpmetadata/certificate-sha1",
	Title: "No certificate is signed with SHA-1 or MD5.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.NIST.At("9"), cite.MetaIOP.At("2.6.1")},
	Remedy: "Nothing has to be done: only the key is used. If the service's scanner objects, make a new " +
		"certificate in Okta or Entra.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.CertificatesNotSHA1(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/certificate-sha1.xml"},
}
