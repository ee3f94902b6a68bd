package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var authnClassOther = samlcheck.Check{
	ID:    "acceptance/authn-class-other",
	Title: "Another way of signing in than the usual is accepted.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("3.3.2.2.1"), cite.Core.At("2.7.2.2")},
	Remedy: "People who sign in with a certificate or without a password are refused: ask the vendor to " +
		"drop RequestedAuthnContext, or to take it as a minimum.",
	Trials: sent("authn-class-other", trial.Login{Forge: []forge.Mutation{forge.AuthnClass("urn:oasis:names:tc:SAML:2.0:ac:classes:X509")}}),
	Judge:  accepted("authn-class-other"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-authn-class-other"},
}
