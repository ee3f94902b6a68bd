package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var keyWeak = samlcheck.Check{
	ID:     "idpmetadata/key-weak",
	Title:  "Keys are strong enough: RSA of 2048 bits, EC of 256.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.NIST.At("3")},
	Remedy: "Make a new signing certificate in Okta or Entra: both make RSA 2048 today.",
	Reads:  samlcheck.IdPMetadata,
	Judge:  expect.KeysStrong(expect.IdP),
	Proof:  samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/key-weak.xml"},
}
