package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var unsigned = samlcheck.Check{
	ID:    "request/unsigned",
	Title: "The request is signed where the metadata says so.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Metadata.At("2.4.4"), cite.EntraErrors.At("AADSTS76021")},
	Remedy: "The metadata promises signed requests. Leave the check of signatures off in Okta (Signed " +
		"Requests) and Entra (verification certificates, else AADSTS76021), and ask the vendor which is " +
		"right.",
	Reads:  samlcheck.SPMetadata,
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(c *samlcheck.Case, r captured) samlcheck.Verdict {
		switch {
		case !c.SP.AuthnRequestsSigned():
			return samlcheck.NotApplicable("the metadata does not promise signed requests")
		case !r.signed():
			return samlcheck.Violated("AuthnRequestsSigned is true, and the request is not signed").At(r.root("AuthnRequest"))
		}
		return samlcheck.Holds("the request is signed, as the metadata says")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/signed.xml", Violated: "fixture:requests/unsigned.xml"},
}
