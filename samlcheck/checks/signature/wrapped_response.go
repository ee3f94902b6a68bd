package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var wrappedResponse = samlcheck.Check{
	ID:    "signature/wrapped-response",
	Title: "A forged response around the signed one signs nobody in (XSW1).",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.BreakSAML.At("4.1"), cite.CVE.At("CVE-2011-1411"), cite.CVE.At("CVE-2016-5697")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor demands that a signature refers to the very element that it stands in, and reads only that " +
		"one. Have the SAML library updated first.",
	Trials: expect.Impersonated("response both", expect.Each(
		forge.Wrap{Name: "the signed response inside of its signature, in a forged one", Hide: forge.InSignature, Signed: forge.OnForged}.Mutation(),
		forge.Wrap{Name: "the signed response in an Object of its signature, in a forged one", Hide: forge.InObject, Signed: forge.OnForged}.Mutation(),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:wrap-first flaw:root-signature"},
}
