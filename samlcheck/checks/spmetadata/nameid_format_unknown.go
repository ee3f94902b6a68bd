package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

var nameidFormatUnknown = samlcheck.Check{
	ID:    "spmetadata/nameid-format-unknown",
	Title: "Every NameIDFormat is one that exists.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("8.3")},
	Remedy: "The value is probably misspelt (SAML:1.1 for emailAddress and unspecified, SAML:2.0 for " +
		"persistent and transient). Choose what the service really wants as Name ID format in Okta or " +
		"Unique User Identifier in Entra, and tell the vendor.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		for _, e := range message.Children(sp.Role, message.NSMetadata, "NameIDFormat") {
			switch f := message.Text(e); {
			case f == "":
				bad = append(bad, sp.At(e, "an empty NameIDFormat"))
			case !metadata.KnownNameIDFormat(f):
				bad = append(bad, sp.At(e, f))
			}
		}
		return expect.None(bad, "every NameIDFormat is known", "formats that SAML does not define")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/nameid-format-unknown.xml"},
}
