package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var sha1Digest = samlcheck.Check{
	ID:    "signature/sha1-digest",
	Title: "A SHA-1 digest is refused.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Kantara.At("IIP-ALG08"), cite.NIST.At("9")},
	Remedy: "Have Okta and Entra sign with RSA-SHA256 (both do unless told otherwise), and ask the vendor to switch " +
		"SHA-1 off.",
	Trials: expect.Unsound(expect.AnyShape, expect.Each(
		forge.DigestSHA1(),
	)...),
	Judge: expect.RefusedInShapes,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:weak-algorithms"},
}
