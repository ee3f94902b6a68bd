package parser

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var sectionInNameid = samlcheck.Check{
	ID:    "parser/section-in-nameid",
	Title: "A CDATA section inside a name does not cut it short.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.3"), cite.CVE.At("CVE-2018-0489")},
	Remedy: "Whoever can get an account whose name begins with another person's can become that person. Have the SAML " +
		"library updated; it must take the whole text of an element.",
	Trials: expect.CutName(forge.LongerName(), forge.SectionInName()),
	Judge:  expect.SameAsLonger,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:first-node"},
}
