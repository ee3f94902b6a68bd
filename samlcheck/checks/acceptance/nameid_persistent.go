package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var nameidPersistent = samlcheck.Check{
	ID:     "acceptance/nameid-persistent",
	Title:  "A NameID that is said to be persistent is accepted.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Core.At("8.3.7")},
	Remedy: "Choose another Name ID format in Okta or Entra.",
	Trials: sent("nameid-persistent", trial.Login{Forge: []forge.Mutation{forge.NameIDFormat("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent")}}),
	Judge:  accepted("nameid-persistent"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-nameid-persistent"},
}
