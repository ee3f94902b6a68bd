package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/trial"
)

var issuerForeign = samlcheck.Check{
	ID:    "request/issuer-foreign",
	Title: "The request's Issuer is the entityID of the service's metadata.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.1"), cite.EntraErrors.At("AADSTS700016")},
	Remedy: "Enter the Issuer that the service really sends as Identifier (Entra, else AADSTS700016) or " +
		"Audience URI (Okta), and ask the vendor for metadata that agrees with it.",
	Reads:  samlcheck.SPMetadata,
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(c *samlcheck.Case, r captured) samlcheck.Verdict {
		if r.Issuer == "" {
			return samlcheck.NotApplicable("the request has no Issuer")
		}
		if id := c.SP.EntityID(); r.Issuer != id {
			return samlcheck.Violated("the Issuer is %s, the metadata says %s", expect.Excerpt(r.Issuer), expect.Excerpt(id)).
				At(r.at(message.Child(r.Tree.Root, message.NSAssertion, "Issuer"), r.Issuer))
		}
		return samlcheck.Holds("the Issuer is the metadata's entityID")
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/issuer-foreign.xml"},
}
