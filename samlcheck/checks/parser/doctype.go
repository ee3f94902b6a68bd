package parser

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var doctype = samlcheck.Check{
	ID:    "parser/doctype",
	Title: "A response with a document type is refused.",
	Level: samlcheck.Should,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.CVE.At("CVE-2024-52806"), cite.CVE.At("CVE-2013-6440"), cite.House.At("no-doctype")},
	Remedy: "No identity provider sends one; parsers have been led astray by it again and again. Ask the vendor to " +
		"refuse it, or to have the parser do so.",
	Trials: expect.Unsound(expect.AnyShape, expect.Each(
		forge.Doctype(),
	)...),
	Judge: expect.RefusedInShapes,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:entities flaw:entity-cut flaw:entity-id flaw:two-readings flaw:split-signature flaw:first-node flaw:any-id"},
}
