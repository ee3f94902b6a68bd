package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var wrappedResponse = samlcheck.Check{
	ID:    "signature/wrapped-response",
	Title: "A forged response around the signed one signs nobody in.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Core.At("5.4.2"), cite.Profiles.At("4.1.4.3"), cite.CVE.At("CVE-2011-1411")},
	Remedy: "Whoever can log in at all can become anybody else. Treat it as an incident: switch SAML login off " +
		"until the vendor demands that a signature refers to the very element that it stands in, and reads " +
		"only that one. Have the SAML library updated first.",
	Trials: wrapping("response", forge.WrapResponse()),
	Judge:  expect.RefusedOrSigner(expect.Shape("response").Name),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:wrap-first"},
}
