package encryption

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var cbcOracle = samlcheck.Check{
	ID:    "encryption/cbc-oracle",
	Title: "Broken padding and broken content of an encrypted assertion are answered alike.",
	Level: samlcheck.Info,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("6.2"), cite.NIST.At("2")},
	Remedy: "Who can tell the two apart can decrypt what he has recorded, one byte in some hundred messages. Have " +
		"Okta or Entra encrypt with AES-GCM where the service takes it, and ask the vendor for one answer to all " +
		"errors.",
	Trials: expect.Sealed(trial.Known, "cbc", forge.Seal{}.Sealed("encrypted"), expect.Each(
		forge.Seal{Spoil: forge.CipherPadding}.Sealed("encrypted, with broken padding"),
		forge.Seal{Spoil: forge.CipherContent}.Sealed("encrypted, with broken content"),
	)...),
	Judge: expect.NoOracle,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "defect:padding-told"},
}
