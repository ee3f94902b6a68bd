package request

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/trial"
)

var issuerFormatOdd = samlcheck.Check{
	ID:     "request/issuer-format-odd",
	Title:  "The Issuer's Format is left out, or is the one for entities.",
	Level:  samlcheck.Must,
	Cites:  []cite.Clause{cite.Profiles.At("4.1.4.1"), cite.Core.At("8.3.6")},
	Remedy: "Okta and Entra read the Issuer as text. Ask the vendor to leave Format out.",
	Trials: []trial.Trial{trial.Clean()},
	Judge: asked(func(_ *samlcheck.Case, r captured) samlcheck.Verdict {
		const entity = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity"
		if r.IssuerFormat == "" || r.IssuerFormat == entity {
			return samlcheck.Holds("the Issuer is an entity's")
		}
		return samlcheck.Violated("the Issuer's Format is %s", expect.Excerpt(r.IssuerFormat)).
			At(r.at(message.Child(r.Tree.Root, message.NSAssertion, "Issuer"), r.IssuerFormat))
	}),
	Proof: samlcheck.Proof{Holds: "fixture:requests/good.xml", Violated: "fixture:requests/issuer-format-odd.xml"},
}
