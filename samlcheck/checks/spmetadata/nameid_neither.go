package spmetadata

import (
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var nameidNeither = samlcheck.Check{
	ID:    "spmetadata/nameid-neither",
	Title: "The service takes persistent or transient NameIDs.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Kantara.At("IIP-SSO05")},
	Remedy: "Nothing has to be done. The service identifies people by something that can change, " +
		"usually the address: before a name changes, ask the vendor how accounts move, and keep Okta's " +
		"Application username and Entra's Unique User Identifier stable.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		formats := sp.NameIDFormats(sp.Role)
		if len(formats) == 0 {
			return samlcheck.NotApplicable("no NameIDFormat is listed")
		}
		for _, f := range formats {
			if strings.HasSuffix(f, ":persistent") || strings.HasSuffix(f, ":transient") || strings.HasSuffix(f, ":unspecified") {
				return samlcheck.Holds("it takes %s", expect.Excerpt(f))
			}
		}
		bad = append(bad, sp.At(sp.Role, formats[0]))
		return expect.None(bad, "", "it takes neither persistent nor transient NameIDs")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/extended.xml", Violated: "fixture:sp-metadata/nameid-neither.xml"},
}
