package spmetadata

import (
	"mime"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var mediaTypeOdd = samlcheck.Check{
	ID:    "spmetadata/media-type-odd",
	Title: "The metadata's address says that it is XML.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("4.1"), cite.House.At("media-type-odd")},
	Remedy: "Okta and Entra read by content, so a login is not touched. Strict readers refuse what is " +
		"served as a page or as text: ask the vendor for application/samlmetadata+xml, or upload the file.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		if sp.Served == "" {
			return samlcheck.NotApplicable("the metadata was read from a file")
		}
		kind, _, _ := mime.ParseMediaType(sp.Served)
		if kind == "application/xml" || kind == "text/xml" || strings.HasSuffix(kind, "+xml") {
			return samlcheck.Holds("it is served as %s", kind)
		}
		return samlcheck.Violated("it is served as %s", expect.Excerpt(sp.Served)).At(sp.At(sp.Entity, sp.Served))
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/from-address.xml", Violated: "fixture:sp-metadata/media-type-odd.xml"},
}
