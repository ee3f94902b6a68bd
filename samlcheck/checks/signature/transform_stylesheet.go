package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var transformStylesheet = samlcheck.Check{
	ID:    "signature/transform-stylesheet",
	Title: "A stylesheet inside a signature is not run.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Core.At("5.4.4"), cite.BreakSAML.At("4")},
	Remedy: "Anybody can have the service run a stylesheet, before it knows whom the message is from. Treat it as an " +
		"incident: switch SAML login off until the vendor works off no transforms but the two that SAML allows.",
	Trials: expect.Spoilt(expect.AnyShape, expect.Each(forge.TransformXSLT())...),
	Judge:  expect.NoCall,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:stylesheet"},
}
