package wrapping

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var roots = samlcheck.Check{
	ID:    "wrapping/roots",
	Title: "A text of two documents signs nobody in.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.CVE.At("CVE-2022-39299"), cite.CVE.At("CVE-2022-39353"), cite.XMLDSig.At("3.2")},
	Remedy: "Whoever can get any signed message, even an error, can become anybody. Treat it as an incident: switch " +
		"SAML login off until the SAML library is updated (node-saml 4.0.0, passport-saml 3.2.2, xmldom 0.7.7 or " +
		"0.8.4 or later).",
	Trials: expect.Impersonated(expect.AnyShape, expect.Each(
		forge.TwoRoots(true),
		forge.TwoRoots(false),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:roots"},
}
