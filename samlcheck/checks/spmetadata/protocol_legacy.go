package spmetadata

import (
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

var protocolLegacy = samlcheck.Check{
	ID:    "spmetadata/protocol-legacy",
	Title: "The role is for SAML 2.0 alone.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Metadata.At("2.4.1")},
	Remedy: "Nothing has to be done: Okta and Entra send SAML 2.0. Ask the vendor whether SAML 1.1 is " +
		"still accepted, and to turn it off.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		var bad []transcript.Ref
		v, _ := message.Attr(sp.Role, "protocolSupportEnumeration")
		for p := range strings.FieldsSeq(v) {
			if p != message.NSProtocol {
				bad = append(bad, sp.At(sp.Role, p))
			}
		}
		return expect.None(bad, "the role names SAML 2.0 alone", "the role names older protocols too")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/protocol-legacy.xml"},
}
