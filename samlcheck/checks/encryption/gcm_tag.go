package encryption

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var gcmTag = samlcheck.Check{
	ID:    "encryption/gcm-tag",
	Title: "A ciphertext with a wrong authentication tag is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("6.2"), cite.CVE.At("CVE-2026-32313")},
	Remedy: "Have the XML security library updated (xmlseclibs 3.1.5 or later): it must check the whole tag before it " +
		"uses what it has decrypted.",
	Trials: expect.Sealed(trial.Known, "gcm", forge.Seal{Data: forge.AES128GCM}.Sealed("encrypted with AES-GCM"), expect.Each(
		forge.Seal{Data: forge.AES128GCM, Spoil: forge.CipherTag}.Sealed("encrypted with AES-GCM, the tag changed"),
	)...),
	Judge: expect.RefusedSealed,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:tag"},
}
