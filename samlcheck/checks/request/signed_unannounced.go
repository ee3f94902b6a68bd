package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var signedUnannounced = samlcheck.Check{
	ID:    "request/signed-unannounced",
	Title: "A service that signs its requests says so in its metadata.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Metadata.At("2.4.4")},
	Remedy: "Nothing has to be done. To have the signatures checked, upload the service's certificate: " +
		"in Okta under Signature Certificate with Signed Requests, in Entra under Verification " +
		"certificates.",
	Reads:  samlcheck.SPMetadata,
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(c *samlcheck.Case, r captured) samlcheck.Verdict {
		switch {
		case !r.signed():
			return samlcheck.NotApplicable("the request is not signed")
		case c.SP.AuthnRequestsSigned():
			return samlcheck.Holds("the metadata says that requests are signed")
		}
		return samlcheck.Violated("the request is signed, and the metadata does not say so").At(r.root("Signature"))
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/signed.xml", Violated: "fixture:requests/signed-unannounced.xml"},
}
