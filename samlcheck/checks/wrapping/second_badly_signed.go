package wrapping

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var secondBadlySigned = samlcheck.Check{
	ID:    "wrapping/second-badly-signed",
	Title: "A second assertion that an unknown key has signed signs nobody in.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.Core.At("5.4.5")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor reads only the element whose signature was verified. Have the SAML library updated first.",
	Trials: expect.Impersonated("assertion", expect.Each(
		forge.SecondForeign(true),
		forge.SecondForeign(false),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:wrap-first flaw:first-anywhere flaw:wrap-last"},
}
