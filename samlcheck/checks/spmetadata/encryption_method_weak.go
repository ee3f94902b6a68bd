package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var encryptionMethodWeak = samlcheck.Check{
	ID:    "spmetadata/encryption-method-weak",
	Title: "The encryption methods that are listed are known and strong.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Kantara.At("IIP-ALG06"), cite.House.At("encryption-method-weak")},
	Remedy: "Leave assertion encryption off, or choose AES-256 and RSA-OAEP in Okta; Entra uses " +
		"AES-256. Ask the vendor to remove the others from its list.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.EncryptionMethodsSound(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/encryption-method-weak.xml"},
}
