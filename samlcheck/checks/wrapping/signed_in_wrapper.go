package wrapping

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var signedInWrapper = samlcheck.Check{
	ID:    "wrapping/signed-in-wrapper",
	Title: "A signature and what it signs, moved into a wrapper, vouch for nothing beside it.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.1"), cite.Core.At("5.4.2")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor reads only the element whose signature was verified. Have the SAML library updated first.",
	Trials: expect.Impersonated(expect.AnyShape, expect.Each(
		forge.Wrap{Name: "what was signed, and its signature beside it, in a wrapper", Hide: forge.InWrapper, Signed: forge.Beside}.Mutation(),
		forge.Wrap{Name: "what was signed in a wrapper", Hide: forge.InWrapper}.Mutation(),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:wrap-first"},
}
