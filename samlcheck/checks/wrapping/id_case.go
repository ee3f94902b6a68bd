package wrapping

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var idCase = samlcheck.Check{
	ID:    "wrapping/id-case",
	Title: "Id and id are not the ID that a signature refers to.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.Core.At("1.3.4")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor takes the attribute ID, without a prefix, for the ID, and reads only what was verified.",
	Trials: expect.Impersonated(expect.AnyShape, expect.Each(
		forge.Wrap{Name: "a forged part with the signed ID in Id and id, what was signed in Extensions", ID: forge.DecoyCase, Hide: forge.InExtensions, Signed: forge.OnForged}.Mutation(),
		forge.Wrap{Name: "a forged part with the signed ID in Id and id, what was signed in an Object", ID: forge.DecoyCase, Hide: forge.InObject, Signed: forge.OnForged}.Mutation(),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:any-id flaw:root-signature"},
}
