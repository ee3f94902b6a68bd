package wrapping

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var signatureTwice = samlcheck.Check{
	ID:    "wrapping/signature-twice",
	Title: "A second signature with a forged assertion in it vouches for nobody.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.XMLDSig.At("4.5")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor reads only the element whose signature was verified. Have the SAML library updated first.",
	Trials: expect.Impersonated("assertion", expect.Each(
		forge.Wrap{Name: "a second signature with a forged assertion in its Object", Forged: forge.InSecondSignature}.Mutation(),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:last-anywhere"},
}
