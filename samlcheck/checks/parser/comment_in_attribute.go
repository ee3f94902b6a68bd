package parser

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var commentInAttribute = samlcheck.Check{
	ID:    "parser/comment-in-attribute",
	Title: "A comment inside an attribute value does not cut it short.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.3"), cite.CVE.At("CVE-2017-11427"), cite.CVE.At("CVE-2018-5387")},
	Remedy: "Whoever can get an account whose address begins with another person's can become that person. Have the " +
		"SAML library updated; it must take the whole text of an element.",
	Trials: expect.CutName(forge.CommentInAttributes()),
	Judge:  expect.SameAsLonger,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:comment flaw:first-node"},
}
