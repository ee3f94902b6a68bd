package idpmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var keyTwice = samlcheck.Check{
	ID:    "idpmetadata/key-twice",
	Title: "Each signing key is published once.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.4.1.1")},
	Remedy: "The same certificate twice is usually a roll-over gone wrong: the new one is missing. Look " +
		"which certificates are listed in Okta or Entra, and download the metadata again.",
	Reads: samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		idp := expect.IdP(c)
		var bad []transcript.Ref
		seen := map[string]bool{}
		for _, cert := range idp.Certificates(idp.Role, "signing") {
			if cert.DER == nil {
				continue
			}
			if k := cert.Use + " " + string(cert.DER); seen[k] {
				bad = append(bad, idp.At(cert.Element, "the same certificate"))
			} else {
				seen[k] = true
			}
		}
		return expect.None(bad, "no certificate stands twice", "published before")
	},
	Proof: samlcheck.Proof{Holds: "fixture:idp-metadata/good.xml", Violated: "fixture:idp-metadata/key-twice.xml"},
}
