package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

// Only the key inside is at hand: a good signature says that nothing was changed
// since, and nothing about who signed.
var signatureBroken = samlcheck.Check{
	ID:    "idpmetadata/signature-broken",
	Title: "The signature of the metadata verifies.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("3"), cite.Kantara.At("IIP-MD03")},
	Remedy: "The file was changed after it was signed. Download it again, from the address that Okta or " +
		"Entra shows, and do not edit it.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.SignatureIntact(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/signed.xml", Violated: "fixture:idp-metadata/signature-broken.xml"},
}
