package logout

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var destinationForeign = samlcheck.Check{
	ID:    "logout/destination-foreign",
	Title: "A LogoutRequest for another service is refused.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Core.At("3.2.1"), cite.Bindings.At("3.4.5.2")},
	Remedy: "A message for one service can be carried to another. Ask the vendor to compare Destination with its " +
		"own address.",
	Trials: trial.With(there(), thereForged("destination", forge.LogoutDestination("https://other.example/slo"))),
	Judge:  refused(thereForged("destination", forge.LogoutDestination("https://other.example/slo")), "a LogoutRequest for another service"),
	Proof:  samlcheck.Proof{Holds: "stand-in:slo", Violated: "slo:destination"},
}
