package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var namespaceUnknown = samlcheck.Check{
	ID:    "spmetadata/namespace-unknown",
	Title: "The metadata uses namespaces that are in wide use.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("namespace-unknown")},
	Remedy: "Nothing has to be done: readers pass over what they do not know. If a login fails on " +
		"upload, this is the first thing to take out.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.NamespacesKnown(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/namespace-unknown.xml"},
}
