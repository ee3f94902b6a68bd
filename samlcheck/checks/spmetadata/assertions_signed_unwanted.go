package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var assertionsSignedUnwanted = samlcheck.Check{
	ID:    "spmetadata/assertions-signed-unwanted",
	Title: "The service asks for signed assertions.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Metadata.At("2.4.4"), cite.Profiles.At("4.1.4.5")},
	Remedy: "Nothing has to be done: Okta signs response and assertion, Entra the assertion. Do not turn " +
		"assertion signing off, and ask the vendor to publish WantAssertionsSigned=\"true\".",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		if sp.WantAssertionsSigned() {
			return samlcheck.Holds("WantAssertionsSigned is true")
		}
		return expect.None([]transcript.Ref{sp.At(sp.Role, "SPSSODescriptor")}, "", "WantAssertionsSigned is not true")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/assertions-signed-unwanted.xml"},
}
