package pairing

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var requestsSignedUnasked = samlcheck.Check{
	ID:    "pairing/requests-signed-unasked",
	Title: "Signed requests are checked by the identity provider.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Metadata.At("2.4.3"), cite.Metadata.At("2.4.4")},
	Remedy: "Nothing has to be done. To have the signatures checked, upload the service's certificate: in " +
		"Okta under Signature Certificate with Signed Requests, in Entra under Verification " +
		"certificates.",
	Reads: samlcheck.SPMetadata | samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp, idp := expect.SP(c), expect.IdP(c)
		switch {
		case !sp.AuthnRequestsSigned():
			return samlcheck.NotApplicable("the service does not say that it signs its requests")
		case idp.WantAuthnRequestsSigned():
			return samlcheck.Holds("signed requests are promised and wanted")
		}
		return samlcheck.Violated("the service signs its requests, and the identity provider does not ask for it").At(
			sp.At(sp.Role, "AuthnRequestsSigned"), idp.At(idp.Role, "IDPSSODescriptor"))
	},
	Proof: samlcheck.Proof{Holds: "fixture:pairing/signed", Violated: "fixture:pairing/requests-signed-unasked"},
}
