package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var encryptionMethodMisplaced = samlcheck.Check{
	ID:    "spmetadata/encryption-method-misplaced",
	Title: "EncryptionMethod stands on keys for encryption only.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.4.1.1")},
	Remedy: "Nothing has to be done for a login. If assertions are to be encrypted, ask the vendor " +
		"which key they are to be encrypted to, and upload that in Okta or Entra.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.EncryptionMethodsInPlace(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/encryption-method-misplaced.xml"},
}
