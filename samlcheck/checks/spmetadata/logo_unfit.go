package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var logoUnfit = samlcheck.Check{
	ID:    "spmetadata/logo-unfit",
	Title: "A logo comes by https and names its size.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("logo-unfit")},
	Remedy: "Nothing has to be done for a login. Upload a logo of your own in Okta or Entra, and tell " +
		"the vendor.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.LogosFit(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/logo-unfit.xml"},
}
