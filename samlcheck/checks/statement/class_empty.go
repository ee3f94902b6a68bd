package statement

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var classEmpty = samlcheck.Check{
	ID:    "statement/class-empty",
	Title: "An assertion whose authentication class is empty is refused.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Core.At("2.7.2"), cite.Core.At("1.3.2")},
	Remedy: "Nothing has to be done unless the service asks for a certain way to sign in. Then ask the vendor to compare the " +
		"class that comes with the one that was asked for.",
	Trials: trial.Against(forge.Emptied("AuthnContextClassRef")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:authn-class"},
}
