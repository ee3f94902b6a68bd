package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var attributeNewline = samlcheck.Check{
	ID:    "spmetadata/attribute-newline",
	Title: "No attribute value is broken over lines.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("attribute-newline")},
	Remedy: "Somebody's editor has broken a line inside a value. Download the file again, or join the line " +
		"before you upload it to Okta or Entra.",
	Reads: samlcheck.SPMetadata,
	Judge: expect.NoNewlines(expect.SP),
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/attribute-newline.xml"},
}
