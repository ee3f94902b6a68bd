package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var signatureWeak = samlcheck.Check{
	ID:    "idpmetadata/signature-weak",
	Title: "The metadata is signed with SHA-256 or better.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.NIST.At("9"), cite.Kantara.At("IIP-ALG02")},
	Remedy: "Ask whoever runs the identity provider to sign its metadata with RSA-SHA256; services that " +
		"verify it may refuse SHA-1.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.SignatureStrong(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/signed.xml", Violated: "fixture:idp-metadata/signature-weak.xml"},
}
