package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var nameidUnspecified = samlcheck.Check{
	ID:     "acceptance/nameid-unspecified",
	Title:  "A NameID of unspecified format is accepted.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Core.At("8.3.1")},
	Remedy: "Choose another Name ID format: unspecified is what Okta sends unless told otherwise.",
	Trials: sent("nameid-unspecified", trial.Login{Forge: []forge.Mutation{forge.NameIDFormat("urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified")}}),
	Judge:  accepted("nameid-unspecified"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-nameid-unspecified"},
}
