package parser

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var namespaceReserved = samlcheck.Check{
	ID:    "parser/namespace-reserved",
	Title: "An attribute of the reserved xml: prefix declares no namespace.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.CVE.At("CVE-2025-66567")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the SAML library is updated (ruby-saml 1.18.0 or later) and reads with one parser what it verifies.",
	Trials: expect.Impersonated("assertion", expect.Each(
		forge.ConfusedSignature(forge.ReservedXMLNS),
		forge.ConfusedSignature(forge.HiddenByXMLNS),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:wrap-first flaw:first-anywhere"},
}
