package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var keyWeak = samlcheck.Check{
	ID:     "spmetadata/key-weak",
	Title:  "Keys are strong enough: RSA of 2048 bits, EC of 256.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.NIST.At("3")},
	Remedy: "Ask the vendor for a new certificate with a stronger key, and upload it in Okta or Entra.",
	Reads:  samlcheck.SPMetadata,
	Judge:  expect.KeysStrong(expect.SP),
	Proof:  samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/key-weak.xml"},
}
