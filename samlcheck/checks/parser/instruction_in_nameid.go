package parser

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var instructionInNameid = samlcheck.Check{
	ID:    "parser/instruction-in-nameid",
	Title: "A processing instruction or an element inside a name does not cut it short.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.3"), cite.CVE.At("CVE-2025-54419")},
	Remedy: "Whoever can get an account whose name begins with another person's can become that person. Have the SAML " +
		"library updated (node-saml 5.1.0 or later); it must take the whole text of an element.",
	Trials: expect.CutName(forge.InstructionInName()),
	Judge:  expect.SameAsLonger,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:first-node"},
}
