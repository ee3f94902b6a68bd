package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var answerUnsigned = samlcheck.Check{
	ID:    "logout/answer-unsigned",
	Title: "A LogoutResponse without a signature ends no session.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Profiles.At("4.4.4.2")},
	Remedy: "Somebody can make a person believe that he was signed out at the identity provider. Ask the vendor to " +
		"verify LogoutResponses: signature, issuer, and InResponseTo.",
	Trials: trial.With(here(), hereSilent(), hereForged("unsigned", forge.Unsigned())),
	Judge:  answerRefused(hereForged("unsigned", forge.Unsigned()), "a LogoutResponse without a signature"),
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:unsigned-response"},
}
