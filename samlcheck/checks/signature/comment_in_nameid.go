package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var commentInNameid = samlcheck.Check{
	ID:    "signature/comment-in-nameid",
	Title: "A comment inside a name does not cut it short.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.3"), cite.CVE.At("CVE-2017-11427"), cite.CVE.At("CVE-2017-11428"), cite.CVE.At("CVE-2018-0489")},
	Remedy: "Whoever can get an account whose name begins with another person's can become that person. Have " +
		"the SAML library updated (python-saml 2.4.0, ruby-saml 1.7.0, saml2-js 2.0.1, omniauth-saml 1.10.0 " +
		"or later); it must take the whole text of an element.",
	Trials: expect.CutName(forge.CommentInName()),
	Judge:  expect.SameAsLonger,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:comment flaw:first-node"},
}
