package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var logoUnfit = samlcheck.Check{
	ID:    "idpmetadata/logo-unfit",
	Title: "A logo comes by https and names its size.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("logo-unfit")},
	Remedy: "Nothing has to be done for a login. Tell whoever runs the identity provider: login pages " +
		"will not show it.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.LogosFit(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/extended.xml", Violated: "fixture:idp-metadata/logo-unfit.xml"},
}
