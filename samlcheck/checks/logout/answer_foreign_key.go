package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var answerForeignKey = samlcheck.Check{
	ID:    "logout/answer-foreign-key",
	Title: "A LogoutResponse that is signed by an unknown key ends no session.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Profiles.At("4.4.4.2"), cite.Core.At("5.4.2")},
	Remedy: "Somebody can make a person believe that he was signed out at the identity provider. Ask the vendor to " +
		"verify LogoutResponses: signature, issuer, and InResponseTo.",
	Trials: trial.With(here(), hereSilent(), hereForged("foreign-key", forge.SignedByForeignKey())),
	Judge:  answerRefused(hereForged("foreign-key", forge.SignedByForeignKey()), "a LogoutResponse signed by an unknown key"),
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:any-response-key"},
}
