package wrapping

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var signedInsideForged = samlcheck.Check{
	ID:    "wrapping/signed-inside-forged",
	Title: "A forged assertion around the signed one signs nobody in (XSW4).",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.BreakSAML.At("4.1"), cite.CVE.At("CVE-2026-25922")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor reads only the element whose signature was verified. Have the SAML library updated first.",
	Trials: expect.Impersonated("assertion", expect.Each(
		forge.Wrap{Name: "the signed assertion inside of a forged one", Hide: forge.InForged}.Mutation(),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:wrap-first"},
}
