package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

// Only the key inside is at hand: a good signature says that nothing was changed
// since, and nothing about who signed.
var signatureBroken = samlcheck.Check{
	ID:    "spmetadata/signature-broken",
	Title: "The signature of the metadata verifies.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("3"), cite.Kantara.At("IIP-MD03")},
	Remedy: "The file was changed after it was signed. Download it again and do not edit it; if it " +
		"stays so, ask the vendor. Okta and Entra do not look at the signature, so what they take from a " +
		"changed file is what somebody wrote into it.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.SignatureIntact(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/signed.xml", Violated: "fixture:sp-metadata/signature-broken.xml"},
}
