package pairing

import (
	"crypto/rsa"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

var requestKeyNotRsa = samlcheck.Check{
	ID:    "pairing/request-key-not-rsa",
	Title: "The key that requests are signed with is one that Entra can check.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Kantara.At("IIP-ALG02"), cite.EntraErrors.At("AADSTS76021")},
	Remedy: "Entra checks RSA-SHA256 alone. Leave Require verification certificates (Entra) and Signed " +
		"Requests (Okta) off, or ask the vendor for an RSA certificate.",
	Reads: samlcheck.SPMetadata | samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp, idp := expect.SP(c), expect.IdP(c)
		switch {
		case !strings.HasPrefix(idp.EntityID(), "https://sts.windows.net/"):
			return samlcheck.NotApplicable("what other identity providers than Entra check is not known")
		case !idp.WantAuthnRequestsSigned() && !sp.AuthnRequestsSigned():
			return samlcheck.NotApplicable("nobody speaks of signed requests")
		}
		var bad []transcript.Ref
		for _, cert := range sp.Certificates(sp.Role, "signing") {
			if cert.Cert == nil {
				continue
			}
			if _, ok := cert.Cert.PublicKey.(*rsa.PublicKey); ok {
				return samlcheck.Holds("there is an RSA key for requests")
			}
			bad = append(bad, sp.At(cert.Element, cert.Cert.PublicKeyAlgorithm.String()))
		}
		if len(bad) == 0 {
			return samlcheck.NotApplicable("the service publishes no readable signing certificate")
		}
		return expect.None(bad, "", "no signing key is an RSA key")
	},
	Proof: samlcheck.Proof{Holds: "fixture:pairing/entra", Violated: "fixture:pairing/request-key-not-rsa"},
}
