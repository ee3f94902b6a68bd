package encryption

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var unsignedInside = samlcheck.Check{
	ID:    "encryption/unsigned-inside",
	Title: "An encrypted assertion that nobody signed signs nobody in.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.5"), cite.Core.At("6.2"), cite.BreakSAML.At("4")},
	Remedy: "The certificate for encryption is public: anybody can encrypt an assertion and be anybody. Treat it as " +
		"an incident: switch SAML login off until the vendor verifies the signature of what it has decrypted.",
	Trials: expect.Sealed(expect.Signed, "cbc", forge.Seal{}.Sealed("encrypted"), expect.Each(
		forge.SealForged(forge.InPlace), forge.SealForged(forge.Before), forge.SealForged(forge.Next),
	)...),
	Judge: expect.NoWayInSealed,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:unsigned-encrypted"},
}
