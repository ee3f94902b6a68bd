package parser

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var externalEntity = samlcheck.Check{
	ID:    "parser/external-entity",
	Title: "What a document type names is not fetched.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.CVE.At("CVE-2024-52806"), cite.CVE.At("CVE-2013-6440"), cite.House.At("no-doctype")},
	Remedy: "Anybody can have the service read its own files and ask other hosts, before it knows whom a message is " +
		"from. Treat it as an incident: switch SAML login off until the vendor has document types refused and " +
		"external entities switched off.",
	Trials: expect.Spoilt(expect.AnyShape, expect.Each(forge.ExternalEntity(), forge.ParameterEntity(), forge.ExternalSubset())...),
	Judge:  expect.NoCall,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:external"},
}
