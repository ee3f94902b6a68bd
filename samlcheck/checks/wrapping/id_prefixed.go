package wrapping

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var idPrefixed = samlcheck.Check{
	ID:    "wrapping/id-prefixed",
	Title: "An ID with a prefix is not the ID that a signature refers to.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.CVE.At("CVE-2025-66567"), cite.CVE.At("CVE-2025-46572")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor takes the attribute ID, without a prefix, for the ID, and reads only what was verified. Have " +
		"the SAML library updated first (ruby-saml 1.18.0 or later).",
	Trials: expect.Impersonated(expect.AnyShape, expect.Each(
		forge.Wrap{Name: "a forged part with the signed ID in a prefixed ID behind its own, what was signed in Extensions", ID: forge.PrefixedID, Hide: forge.InExtensions, Signed: forge.OnRoot}.Mutation(),
		forge.Wrap{Name: "a forged part with the signed ID in a prefixed ID before its own, what was signed in Extensions", ID: forge.IDPrefixed, Hide: forge.InExtensions, Signed: forge.OnRoot}.Mutation(),
		forge.Wrap{Name: "a forged part with the signature and the signed ID in a prefixed ID, what was signed in Extensions", ID: forge.IDPrefixed, Hide: forge.InExtensions, Signed: forge.OnForged}.Mutation(),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:any-id"},
}
