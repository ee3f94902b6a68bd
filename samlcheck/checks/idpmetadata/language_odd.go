package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var languageOdd = samlcheck.Check{
	ID:    "idpmetadata/language-odd",
	Title: "Each text names its language, and each language stands once.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.2.4")},
	Remedy: "Strict readers refuse the file. Ask whoever runs the identity provider to correct " +
		"xml:lang.",
	Reads: samlcheck.IdPMetadata,
	Judge: expect.LanguagesClear(expect.IdP),
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/extended.xml", Violated: "fixture:idp-metadata/language-odd.xml"},
}
