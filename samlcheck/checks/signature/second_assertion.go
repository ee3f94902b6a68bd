package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var secondAssertion = samlcheck.Check{
	ID:    "signature/second-assertion",
	Title: "A forged assertion after the signed one signs nobody in.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.Profiles.At("4.1.4.3"), cite.CVE.At("CVE-2022-41912"), cite.CVE.At("CVE-2021-28091")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the SAML library is updated (crewjam/saml 0.4.9 or later) and reads only the element whose signature was " +
		"verified.",
	Trials: expect.Impersonated("assertion", expect.Each(
		forge.WrapLast(),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:wrap-last"},
}
