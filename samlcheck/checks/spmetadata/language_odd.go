package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var languageOdd = samlcheck.Check{
	ID:    "spmetadata/language-odd",
	Title: "Each text names its language, and each language stands once.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.2.4")},
	Remedy: "Strict readers refuse the file. Ask the vendor to correct xml:lang, or enter the values by " +
		"hand in Okta or Entra.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.LanguagesClear(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/language-odd.xml"},
}
