package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var innerForeignKey = samlcheck.Check{
	ID:    "signature/inner-foreign-key",
	Title: "An assertion signed by an unknown key is refused inside of a well-signed response, too.",
	Level: samlcheck.Should,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Core.At("5.4.5"), cite.Kantara.At("IIP-SP05")},
	Remedy: "Nothing can be forged this way as long as the response must be signed well. Ask the vendor to verify " +
		"every signature that is there.",
	Trials: expect.Unsound("both", expect.Each(
		forge.InnerForeign(),
	)...),
	Judge: expect.RefusedInShapes,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:inner flaw:wrap-first"},
}
