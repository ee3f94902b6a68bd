package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var signatureWeak = samlcheck.Check{
	ID:    "spmetadata/signature-weak",
	Title: "The metadata is signed with SHA-256 or better.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.NIST.At("9"), cite.Kantara.At("IIP-ALG02")},
	Remedy: "Ask the vendor to sign its metadata with RSA-SHA256. Okta and Entra do not look at the " +
		"signature.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.SignatureStrong(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/signed.xml", Violated: "fixture:sp-metadata/signature-weak.xml"},
}
