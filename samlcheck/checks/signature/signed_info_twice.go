package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var signedInfoTwice = samlcheck.Check{
	ID:    "signature/signed-info-twice",
	Title: "A second SignedInfo does not vouch for a forged assertion.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.XMLDSig.At("4.4"), cite.CVE.At("CVE-2025-29774"), cite.CVE.At("CVE-2020-15216")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the SAML library is updated (xml-crypto 2.1.6, 3.2.1 or 6.0.1, goxmldsig 1.1.0 or later).",
	Trials: expect.Impersonated(expect.AnyShape, expect.Each(
		forge.SecondSignedInfo(true),
		forge.SecondSignedInfo(false),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:signed-info"},
}
