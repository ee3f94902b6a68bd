package parser

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var elementInNameid = samlcheck.Check{
	ID:    "parser/element-in-nameid",
	Title: "An element inside a name does not cut it short.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.3"), cite.CVE.At("CVE-2017-11427")},
	Remedy: "Whoever can get an account whose name begins with another person's can become that person. Have the SAML " +
		"library updated; a NameID with anything but text in it is to be refused.",
	Trials: expect.CutName(forge.ElementInName()),
	Judge:  expect.SameAsLonger,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:first-node"},
}
