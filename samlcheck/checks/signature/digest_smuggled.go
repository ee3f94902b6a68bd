package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var digestSmuggled = samlcheck.Check{
	ID:    "signature/digest-smuggled",
	Title: "A digest elsewhere in the message does not vouch for a forged assertion.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.CVE.At("CVE-2024-45409")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off until " +
		"the SAML library is updated (ruby-saml 1.12.3 or 1.17.0 or later): a digest counts where the verified " +
		"signature has it, and nowhere else.",
	Trials: expect.Impersonated(expect.AnyShape, expect.Each(
		forge.DigestSmuggled(forge.InStatusDetail),
		forge.DigestSmuggled(forge.InExtensions),
	)...),
	Judge: expect.NoWayIn,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:digest-anywhere"},
}
