package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var foreignKeyBesideKnown = samlcheck.Check{
	ID:    "signature/foreign-key-beside-known",
	Title: "An unknown certificate beside the known one verifies nothing.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.5"), cite.XMLDSig.At("4.5.4")},
	Remedy: "Anybody can make a key, sign with it and be anybody. Treat it as an incident: switch SAML login off " +
		"until the vendor verifies with the keys from your metadata alone, whatever KeyInfo says.",
	Trials: expect.Unsound(expect.AnyShape, expect.Each(
		forge.ForeignBesideKnown(true),
		forge.ForeignBesideKnown(false),
	)...),
	Judge: expect.RefusedInShapes,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:known-beside flaw:any-key"},
}
