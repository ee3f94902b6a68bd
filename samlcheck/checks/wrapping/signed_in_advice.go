package wrapping

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var signedInAdvice = samlcheck.Check{
	ID:    "wrapping/signed-in-advice",
	Title: "A signed assertion in the Advice of a forged one vouches for nobody else.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.Core.At("2.3.3")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor reads only the element whose signature was verified. Have the SAML library updated first.",
	Trials: expect.Impersonated(expect.AnyShape, expect.Each(
		forge.Wrap{Name: "what was signed in the Advice of a forged assertion", Hide: forge.InAdvice}.Mutation(),
		forge.Wrap{Name: "what was signed in an attribute of a forged assertion", Hide: forge.InAttribute}.Mutation(),
		forge.Wrap{Name: "what was signed in the subject confirmation of a forged assertion", Hide: forge.InConfirmation}.Mutation(),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:wrap-first"},
}
