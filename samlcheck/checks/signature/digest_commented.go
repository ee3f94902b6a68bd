package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var digestCommented = samlcheck.Check{
	ID:    "signature/digest-commented",
	Title: "A comment inside of a digest does not vouch for a forged assertion.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.XMLDSig.At("3.2"), cite.CVE.At("CVE-2025-29775")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the SAML library is updated (xml-crypto 2.1.6, 3.2.1 or 6.0.1 or later).",
	Trials: expect.Impersonated(expect.AnyShape, expect.Each(
		forge.CommentInDigest(),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:digest-comment"},
}
