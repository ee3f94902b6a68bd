package request

import (
	"errors"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/trial"
)

var signatureBroken = samlcheck.Check{
	ID:    "request/signature-broken",
	Title: "The request's signature verifies with a key of the metadata.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Bindings.At("3.4.4.1"), cite.Core.At("5.4.2")},
	Remedy: "Ask the vendor for the certificate that it signs with, and upload it in Okta or Entra; if the " +
		"key is right, its signing is broken (over HTTP-Redirect usually by encoding the query anew).",
	Reads:  samlcheck.SPMetadata,
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(c *samlcheck.Case, r captured) samlcheck.Verdict {
		if !r.signed() {
			return samlcheck.NotApplicable("the request is not signed")
		}
		var err error
		if certs := c.SP.SigningCertificates(c.SP.SP()); r.detached() {
			_, err = message.VerifyRedirectSignature(r.step.Request.Query, certs)
		} else {
			err = message.VerifyEnveloped([]byte(r.step.Request.XML), certs)
		}
		switch {
		case err == nil:
			return samlcheck.Holds("the signature verifies with a key of the metadata")
		case errors.Is(err, message.ErrBadSignature):
			return samlcheck.Violated("the signature does not verify with any key of the metadata").At(r.root("Signature"))
		case errors.Is(err, message.ErrNoKey):
			return samlcheck.Undecided("the metadata has no readable certificate to verify with")
		}
		return samlcheck.Undecided("the signature could not be verified: %v", err)
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/signed.xml", Violated: "fixture:requests/signature-broken.xml"},
}
