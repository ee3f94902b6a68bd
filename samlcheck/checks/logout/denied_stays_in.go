package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/trial"
)

var deniedStaysIn = samlcheck.Check{
	ID:    "logout/denied-stays-in",
	Title: "Signing out works when the session at the identity provider is over already.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.Core.At("3.7.3"), cite.Profiles.At("4.4.3.4")},
	Remedy: "Where the identity provider has forgotten the person (its session timed out) nobody can sign out here " +
		"any more. Ask the vendor to end its own session whatever the LogoutResponse says; until then, close " +
		"the browser.",
	Trials: trial.With(here(), hereDenied()),
	Judge:  ends(hereDenied(), "a LogoutResponse that denies the request"),
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:partial"},
}
