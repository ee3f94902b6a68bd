package pairing

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
)

var requestsKeyMissing = samlcheck.Check{
	ID:    "pairing/requests-key-missing",
	Title: "A service publishes the key that its identity provider wants its requests signed with.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.4.3"), cite.Metadata.At("2.4.1.1")},
	Remedy: "The identity provider wants signed requests, and the service publishes no key. Turn the demand " +
		"off (Okta: Signed Requests; Entra: Require verification certificates), or ask the vendor for " +
		"its signing certificate.",
	Reads: samlcheck.SPMetadata | samlcheck.IdPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp, idp := expect.SP(c), expect.IdP(c)
		switch {
		case !idp.WantAuthnRequestsSigned():
			return samlcheck.NotApplicable("the identity provider does not ask for signed requests")
		case len(sp.Keys(sp.Role, "signing")) > 0:
			return samlcheck.Holds("the service publishes a signing key")
		}
		return samlcheck.Violated("signed requests are wanted, and the service publishes no signing key").At(
			idp.At(idp.Role, "WantAuthnRequestsSigned"), sp.At(sp.Role, "SPSSODescriptor"))
	},
	Proof: samlcheck.Proof{Holds: "fixture:pairing/signed", Violated: "fixture:pairing/requests-key-missing"},
}
