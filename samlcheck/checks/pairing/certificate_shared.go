package pairing

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var certificateShared = samlcheck.Check{
	ID:    "pairing/certificate-shared",
	Title: "Each side has keys of its own.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.4.1.1"), cite.House.At("certificate-shared")},
	Remedy: "The same key stands in both files: usually the identity provider's certificate was uploaded as " +
		"the service's. Ask the vendor for the service's own certificate and replace it in Okta or " +
		"Entra.",
	Reads: samlcheck.SPMetadata | samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp, idp := expect.SP(c), expect.IdP(c)
		theirs := map[string]bool{}
		for _, cert := range idp.Certificates(idp.Role, "") {
			if cert.Cert != nil {
				theirs[string(cert.Cert.RawSubjectPublicKeyInfo)] = true
			}
		}
		var bad []transcript.Ref
		for _, cert := range sp.Certificates(sp.Role, "") {
			if cert.Cert != nil && theirs[string(cert.Cert.RawSubjectPublicKeyInfo)] {
				bad = append(bad, sp.At(cert.Element, "X509Certificate"))
			}
		}
		return expect.None(bad, "the sides have no key in common", "the identity provider publishes the same key")
	},
	Proof: samlcheck.Proof{Holds: "fixture:pairing/good", Violated: "fixture:pairing/certificate-shared"},
}
