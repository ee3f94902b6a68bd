package parser

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var signatureSplit = samlcheck.Check{
	ID:    "parser/signature-split",
	Title: "A signature without a namespace in another place does not vouch for a forged assertion.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.CVE.At("CVE-2025-25292")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the SAML library is updated (ruby-saml 1.12.4 or 1.18.0 or later) and reads with one parser what it " +
		"verifies.",
	Trials: expect.Impersonated(expect.AnyShape, []forge.Mutation{forge.DefaultNamespaceSignature(), forge.DefaultNamespaceWritten()}),
	Judge:  expect.NoWayIn,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:split-signature"},
}
