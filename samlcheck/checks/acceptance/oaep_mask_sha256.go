package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
)

var oaepMaskSha256 = samlcheck.Check{
	ID:    "acceptance/oaep-mask-sha256",
	Title: "A key wrapped by RSA-OAEP with a SHA-256 mask is read.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Kantara.At("IIP-ALG06"), cite.Core.At("2.3.4")},
	Remedy: "Where the identity provider encrypts, choose another algorithm: Okta offers AES-128 and AES-256 in CBC and " +
		"GCM, Entra AES-256-CBC. Or leave encryption off, which TLS makes no worse for most.",
	Trials: sealed("oaep-mask-sha256", forge.Seal{Data: forge.AES128GCM, OAEP: forge.OAEP{Mask256: true}}),
	Judge:  unsealed("oaep-mask-sha256"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-oaep-mask-sha256"},
}
