package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var expired = samlcheck.Check{
	ID:    "logout/expired",
	Title: "A LogoutRequest that has expired is refused.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("3.7.1")},
	Remedy: "An old message signs people out again whenever somebody finds it. Ask the vendor to look at " +
		"NotOnOrAfter and IssueInstant.",
	Trials: trial.With(there(), thereForged("expired", forge.LogoutExpired(expiry))),
	Judge:  refused(thereForged("expired", forge.LogoutExpired(expiry)), "a LogoutRequest that expired ten minutes ago"),
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:expiry"},
}
