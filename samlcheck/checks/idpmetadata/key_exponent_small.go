package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var keyExponentSmall = samlcheck.Check{
	ID:    "idpmetadata/key-exponent-small",
	Title: "RSA keys have the exponent 65537 or more.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("key-exponent-small")},
	Remedy: "Such keys come from old software, and many libraries refuse them. Make a new signing " +
		"certificate at the identity provider.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.KeyExponents(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/key-exponent-small.xml"},
}
