package wrapping

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var idTwice = samlcheck.Check{
	ID:    "wrapping/id-twice",
	Title: "Of two elements with one ID, a signature vouches for neither by mistake.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.Core.At("1.3.4")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor refuses messages in which an ID stands twice, and reads only what was verified.",
	Trials: expect.Impersonated(expect.AnyShape, expect.Each(
		forge.Wrap{Name: "a forged part with the same ID in front of what was signed", ID: forge.SameID, Hide: forge.Last, Signed: forge.OnForged}.Mutation(),
		forge.Wrap{Name: "a forged part with the same ID, what was signed inside of the signature", ID: forge.SameID, Hide: forge.InSignature, Signed: forge.OnForged}.Mutation(),
		forge.Wrap{Name: "a forged part with the same ID, what was signed in an Object", ID: forge.SameID, Hide: forge.InObject, Signed: forge.OnForged}.Mutation(),
		forge.Wrap{Name: "a forged part with the same ID, what was signed in Extensions", ID: forge.SameID, Hide: forge.InExtensions, Signed: forge.OnForged}.Mutation(),
		forge.Wrap{Name: "a forged part with the same ID, what was signed in StatusDetail with its signature", ID: forge.SameID, Hide: forge.InStatusDetail}.Mutation(),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:last-id flaw:any-id flaw:entity-id flaw:root-signature"},
}
