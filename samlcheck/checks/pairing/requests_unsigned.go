package pairing

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

// A service may sign without saying so: the metadata alone cannot fail it.
var requestsUnsigned = samlcheck.Check{
	ID:    "pairing/requests-unsigned",
	Title: "A service says that it signs its requests where the identity provider wants it.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.4.3"), cite.Metadata.At("2.4.4"), cite.EntraErrors.At("AADSTS76021")},
	Remedy: "Ask the vendor whether requests can be signed and turn that on; else turn the demand off (Okta: " +
		"Signed Requests; Entra: Require verification certificates, whose error is AADSTS76021).",
	Reads: samlcheck.SPMetadata | samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp, idp := expect.SP(c), expect.IdP(c)
		switch {
		case !idp.WantAuthnRequestsSigned():
			return samlcheck.NotApplicable("the identity provider does not ask for signed requests")
		case sp.AuthnRequestsSigned():
			return samlcheck.Holds("signed requests are wanted and promised")
		}
		return samlcheck.Violated("signed requests are wanted, and the service does not say that it signs").At(
			idp.At(idp.Role, "WantAuthnRequestsSigned"), sp.At(sp.Role, "SPSSODescriptor"))
	},
	Proof: samlcheck.Proof{Holds: "fixture:pairing/signed", Violated: "fixture:pairing/requests-unsigned"},
}
