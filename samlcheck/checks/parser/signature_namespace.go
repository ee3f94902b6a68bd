package parser

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var signatureNamespace = samlcheck.Check{
	ID:    "parser/signature-namespace",
	Title: "A Signature of another namespace is none.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.CVE.At("CVE-2025-25292")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor finds elements by namespace and name together, and reads only what was verified.",
	Trials: expect.Impersonated("assertion", expect.Each(
		forge.ConfusedSignature(forge.OtherNamespace),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:wrap-first flaw:first-anywhere"},
}
