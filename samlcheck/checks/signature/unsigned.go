package signature

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
)

var unsigned = samlcheck.Check{
	ID:    "signature/unsigned",
	Title: "A response without any signature is refused.",
	Level: samlcheck.Must,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.5"), cite.Errata.At("E26")},
	Remedy: "Anybody can write such a response and be anybody. Treat it as an incident: switch SAML login off until " +
		"the vendor demands a signature. In python3-saml and php-saml set wantAssertionsSigned or " +
		"wantMessagesSigned; in node-saml wantAssertionsSigned.",
	Trials: expect.Spoilt(expect.AnyShape, expect.Each(forge.Unsigned())...),
	Judge:  expect.RefusedInShapes,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:unsigned"},
}
