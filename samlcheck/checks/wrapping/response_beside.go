package wrapping

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var responseBeside = samlcheck.Check{
	ID:    "wrapping/response-beside",
	Title: "A signed response beside the forged one signs nobody in (XSW2).",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.BreakSAML.At("4.1"), cite.CVE.At("CVE-2016-1000253")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor reads only the element whose signature was verified. Have the SAML library updated first.",
	Trials: expect.Impersonated("response both", expect.Each(
		forge.Wrap{Name: "the signed response in front of its signature, in a forged one", Hide: forge.Before, Signed: forge.OnForged}.Mutation(),
		forge.Wrap{Name: "the signed response, with its signature, at the end of a forged one", Hide: forge.Last}.Mutation(),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:wrap-first flaw:root-signature"},
}
