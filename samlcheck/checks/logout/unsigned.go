package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var unsigned = samlcheck.Check{
	ID:     "logout/unsigned",
	Title:  "A LogoutRequest without a signature is refused.",
	Level:  samlcheck.Must,
	Cites:  []cite.Clause{cite.Profiles.At("4.4.4.1"), cite.Core.At("3.7.3")},
	Remedy: "Anybody can sign people out with a link. Ask the vendor to take signed LogoutRequests only.",
	Trials: trial.With(there(), thereForged("unsigned", forge.Unsigned())),
	Judge:  refused(thereForged("unsigned", forge.Unsigned()), "a LogoutRequest without a signature"),
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:unsigned"},
}
