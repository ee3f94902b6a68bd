package wrapping

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var signatureOnForged = samlcheck.Check{
	ID:    "wrapping/signature-on-forged",
	Title: "A forged assertion that shows the signature of another signs nobody in (XSW5).",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.BreakSAML.At("4.1")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor reads only the element whose signature was verified. Have the SAML library updated first.",
	Trials: expect.Impersonated("assertion", expect.Each(
		forge.Wrap{Name: "a forged assertion with the signature of the one at the end", Hide: forge.Last, Signed: forge.OnForged}.Mutation(),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:wrap-first"},
}
