package wrapping

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var forgedInExtensions = samlcheck.Check{
	ID:    "wrapping/forged-in-extensions",
	Title: "A forged assertion in Extensions signs nobody in (XSW7).",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.BreakSAML.At("4.1")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor reads only the element whose signature was verified. Have the SAML library updated first.",
	Trials: expect.Impersonated("assertion", expect.Each(
		forge.Wrap{Name: "a forged assertion in Extensions", Forged: forge.InExtensions}.Mutation(),
		forge.Wrap{Name: "a forged assertion in StatusDetail", Forged: forge.InStatusDetail}.Mutation(),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:first-anywhere"},
}
