package wrapping

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var signatureOnResponse = samlcheck.Check{
	ID:    "wrapping/signature-on-response",
	Title: "A signature on the response vouches for what it refers to, and for nothing else.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.CVE.At("CVE-2025-47949"), cite.CVE.At("CVE-2024-8698")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the SAML library is updated (samlify 2.10.0, Keycloak 25.0.6 or later): what a signature covers is what " +
		"it refers to, wherever it stands.",
	Trials: expect.Impersonated(expect.AnyShape, expect.Each(
		forge.Wrap{Name: "the signature on a response with a forged assertion, what was signed in Extensions", Hide: forge.InExtensions, Signed: forge.OnRoot}.Mutation(),
		forge.Wrap{Name: "the signature on a response with a forged assertion, what was signed in StatusDetail", Hide: forge.InStatusDetail, Signed: forge.OnRoot}.Mutation(),
		forge.Wrap{Name: "the signature on a response with a forged assertion, what was signed in a wrapper", Hide: forge.InWrapper, Signed: forge.OnRoot}.Mutation(),
		forge.Wrap{Name: "the signature on a response with a forged assertion, what was signed in an Object", Hide: forge.InObject, Signed: forge.OnRoot}.Mutation(),
		forge.Wrap{Name: "the signature on a response with a forged assertion, what was signed in an attribute", Hide: forge.InAttribute, Signed: forge.OnRoot}.Mutation(),
		forge.Wrap{Name: "the signature on a response with a forged assertion, what was signed in the subject confirmation", Hide: forge.InConfirmation, Signed: forge.OnRoot}.Mutation(),
		forge.Wrap{Name: "the signature on a response with a forged assertion, what was signed in the end", Hide: forge.Last, Signed: forge.OnRoot}.Mutation(),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:root-signature"},
}
