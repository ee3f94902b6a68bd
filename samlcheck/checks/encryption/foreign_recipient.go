package encryption

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var foreignRecipient = samlcheck.Check{
	ID:     "encryption/foreign-recipient",
	Title:  "An assertion that is encrypted for somebody else is refused, and breaks nothing.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Core.At("6.2")},
	Remedy: "Ask the vendor to answer with a refusal to what cannot be decrypted, as after a change of keys.",
	Trials: expect.Sealed(trial.Known, "cbc", forge.Seal{}.Sealed("encrypted"), expect.Each(forge.Seal{Foreign: true}.Sealed("encrypted for another key"))...),
	Judge:  expect.UnbrokenSealed,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:crash"},
}
