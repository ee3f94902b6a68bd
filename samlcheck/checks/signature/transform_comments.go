package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var transformComments = samlcheck.Check{
	ID:    "signature/transform-comments",
	Title: "Canonicalization with comments is taken or refused, and changes nobody.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("5.4.3"), cite.Core.At("5.4.4")},
	Remedy: "SAML allows it, neither Okta nor Entra uses it: there is nothing to do, unless an identity provider of " +
		"yours does.",
	Trials: expect.Unsound(expect.AnyShape, expect.Each(
		forge.TransformComments(),
	)...),
	Judge: expect.RefusedInShapes,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:transforms"},
}
