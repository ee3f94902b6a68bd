package conditions

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var untilMissing = samlcheck.Check{
	ID:     "conditions/until-missing",
	Title:  "An assertion whose Conditions have no end is refused.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Core.At("2.5.1.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Nothing has to be done where the end of the subject confirmation is heeded, which is the one that binds.",
	Trials: trial.Against(forge.Unsaid("Conditions", "NotOnOrAfter")),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:until-unsaid"},
}
