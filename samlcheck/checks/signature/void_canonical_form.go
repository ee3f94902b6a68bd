package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var voidCanonicalForm = samlcheck.Check{
	ID:    "signature/void-canonical-form",
	Title: "What cannot be canonicalized is not taken for nothing.",
	Level: samlcheck.Must,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.XMLDSig.At("3.2"), cite.CVE.At("CVE-2025-66568"), cite.CVE.At("CVE-2025-66475")},
	Remedy: "Whoever gets hold of a signature over nothing, or over a void digest, can be anybody for ever. Have the " +
		"SAML library updated (ruby-saml 1.18.0, xmlseclibs 3.1.4, SimpleSAMLphp 2.3.10 or later).",
	Trials: expect.Unsound(expect.AnyShape, expect.Each(
		forge.VoidCanonical(forge.VoidDigest),
		forge.VoidCanonical(forge.VoidSignature),
	)...),
	Judge: expect.RefusedInShapes,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:void flaw:split-signature"},
}
