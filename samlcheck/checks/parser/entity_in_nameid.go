package parser

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var entityInNameid = samlcheck.Check{
	ID:    "parser/entity-in-nameid",
	Title: "An entity inside a name does not cut it short.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.3"), cite.CVE.At("CVE-2018-0489")},
	Remedy: "Whoever can get an account whose name begins with another person's can become that person. Have the SAML " +
		"library updated; it must refuse messages with a document type.",
	Trials: expect.CutName(forge.LongerName(), forge.EntityInName()),
	Judge:  expect.SameAsLonger,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:entity-cut"},
}
