package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var nameidTransient = samlcheck.Check{
	ID:     "acceptance/nameid-transient",
	Title:  "A NameID that is said to be transient is accepted.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Core.At("8.3.8")},
	Remedy: "Choose another Name ID format in Okta or Entra: a transient one is another at every login.",
	Trials: sent("nameid-transient", trial.Login{Forge: []forge.Mutation{forge.NameIDFormat("urn:oasis:names:tc:SAML:2.0:nameid-format:transient")}}),
	Judge:  accepted("nameid-transient"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-nameid-transient"},
}
