package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
)

var encryptedAes128Gcm = samlcheck.Check{
	ID:    "acceptance/encrypted-aes128-gcm",
	Title: "An assertion encrypted with AES-128-GCM is read.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Kantara.At("IIP-ALG04"), cite.Core.At("2.3.4")},
	Remedy: "Where the identity provider encrypts, choose another algorithm: Okta offers AES-128 and AES-256 in CBC and " +
		"GCM, Entra AES-256-CBC. Or leave encryption off, which TLS makes no worse for most.",
	Trials: sealed("encrypted-aes128-gcm", forge.Seal{Data: forge.AES128GCM}),
	Judge:  unsealed("encrypted-aes128-gcm"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-encrypted-aes128-gcm"},
}
