package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var md5 = samlcheck.Check{
	ID:     "signature/md5",
	Title:  "A signature by RSA-MD5 is refused.",
	Level:  samlcheck.Should,
	Reach:  samlcheck.KeyHolder,
	Cites:  []cite.Clause{cite.Kantara.At("IIP-ALG08"), cite.XMLDSig.At("6.1")},
	Remedy: "Collisions of MD5 are cheap. Ask the vendor for an allow-list of algorithms without MD5.",
	Trials: expect.Unsound(expect.AnyShape, expect.Each(
		forge.SignedMD5(),
	)...),
	Judge: expect.RefusedInShapes,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:weak-algorithms"},
}
