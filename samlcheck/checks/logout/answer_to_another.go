package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var answerToAnother = samlcheck.Check{
	ID:    "logout/answer-to-another",
	Title: "A LogoutResponse that answers another request ends no session.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("3.2.2")},
	Remedy: "Somebody can make a person believe that he was signed out at the identity provider. Ask the vendor to " +
		"verify LogoutResponses: signature, issuer, and InResponseTo.",
	Trials: trial.With(here(), hereSilent(), hereForged("in-response-to", forge.LogoutInResponseTo("_of-another"))),
	Judge:  answerRefused(hereForged("in-response-to", forge.LogoutInResponseTo("_of-another")), "a LogoutResponse to another request"),
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:any-in-response-to"},
}
