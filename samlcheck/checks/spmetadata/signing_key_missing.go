package spmetadata

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
)

// It warns: Metadata 2.4.4 lets a service promise signatures without publishing the
// key, which may reach the identity provider in another way.
var signingKeyMissing = samlcheck.Check{
	ID:    "spmetadata/signing-key-missing",
	Title: "A service that signs its requests publishes the key for it.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Metadata.At("2.4.4"), cite.Metadata.At("2.4.1.1")},
	Remedy: "AuthnRequestsSigned is true, but there is no signing certificate. Ask the vendor for it; " +
		"without it Okta (Signed Requests) and Entra (verification certificates) cannot check the " +
		"requests: leave that option off until then.",
	Reads: samlcheck.SPMetadata,
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		sp := expect.SP(c)
		switch {
		case !sp.AuthnRequestsSigned():
			return samlcheck.NotApplicable("it does not say that it signs its requests")
		case len(sp.Keys(sp.Role, "signing")) > 0:
			return samlcheck.Holds("the signing key is published")
		}
		return expect.None([]transcript.Ref{sp.At(sp.Role, "AuthnRequestsSigned")}, "", "requests are signed, and no signing key is published")
	},
	Proof: samlcheck.Proof{Holds: "fixture:sp-metadata/good.xml", Violated: "fixture:sp-metadata/signing-key-missing.xml"},
}
