package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var namespaceUnknown = samlcheck.Check{
	ID:    "idpmetadata/namespace-unknown",
	Title: "The metadata uses namespaces that are in wide use.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("namespace-unknown")},
	Remedy: "Nothing has to be done: readers pass over what they do not know. If the service refuses " +
		"the file, this is the first thing to take out.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.NamespacesKnown(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/namespace-unknown.xml"},
}
