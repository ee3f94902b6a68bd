package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var wrappedFirst = samlcheck.Check{
	ID:    "signature/wrapped-first",
	Title: "A forged assertion before the signed one signs nobody in (XSW3).",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.Profiles.At("4.1.4.3"), cite.CVE.At("CVE-2016-5697"), cite.CVE.At("CVE-2026-25922")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the vendor reads only the element whose signature was verified, and refuses a response with more than " +
		"one assertion. Have the SAML library updated first.",
	Trials: expect.Impersonated("assertion", expect.Each(
		forge.WrapFirst(),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:wrap-first flaw:first-anywhere"},
}
