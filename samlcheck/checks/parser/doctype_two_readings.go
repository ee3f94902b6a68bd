package parser

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var doctypeTwoReadings = samlcheck.Check{
	ID:    "parser/doctype-two-readings",
	Title: "A document type that two parsers read differently signs nobody in.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.CVE.At("CVE-2025-25291")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the SAML library is updated (ruby-saml 1.12.4 or 1.18.0 or later) and reads with one parser what it " +
		"verifies.",
	Trials: expect.Impersonated(expect.AnyShape, expect.Each(
		forge.TwoReadings(true),
		forge.TwoReadings(false),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:two-readings"},
}
