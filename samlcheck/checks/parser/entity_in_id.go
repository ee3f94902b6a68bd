package parser

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var entityInId = samlcheck.Check{
	ID:    "parser/entity-in-id",
	Title: "An entity in an ID does not lead a signature astray.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.CVE.At("CVE-2025-23369")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor refuses messages with a document type, and the XML library is updated.",
	Trials: expect.Impersonated(expect.AnyShape, []forge.Mutation{forge.EntityID(), forge.EntityIDWritten()}),
	Judge:  expect.NoWayIn,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:entity-id"},
}
