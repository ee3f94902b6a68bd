package wrapping

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var signedInsideSignature = samlcheck.Check{
	ID:    "wrapping/signed-inside-signature",
	Title: "A signed assertion inside of its signature, which a forged one shows, signs nobody in (XSW6).",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.BreakSAML.At("4.1")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor reads only the element whose signature was verified. Have the SAML library updated first.",
	Trials: expect.Impersonated("assertion", expect.Each(
		forge.Wrap{Name: "a forged assertion with the signature of the one inside of it", Hide: forge.InSignature, Signed: forge.OnForged}.Mutation(),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:wrap-first"},
}
