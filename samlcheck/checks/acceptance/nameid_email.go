package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var nameidEmail = samlcheck.Check{
	ID:     "acceptance/nameid-email",
	Title:  "A NameID that is said to be an e-mail address is accepted.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Core.At("8.3.2")},
	Remedy: "Choose another Name ID format in Okta or Entra.",
	Trials: sent("nameid-email", trial.Login{Forge: []forge.Mutation{forge.NameIDFormat("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress")}}),
	Judge:  accepted("nameid-email"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-nameid-email"},
}
