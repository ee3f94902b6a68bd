package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var parameterTwice = samlcheck.Check{
	ID:    "response/parameter-twice",
	Title: "A response that comes in two fields is refused.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Bindings.At("3.5.4")},
	Remedy: "Nothing has to be done where one and the same value is verified and read. Ask the vendor to refuse a form with " +
		"two SAMLResponse fields: where one part of a program takes the first and another the last, what is verified is " +
		"not what is used.",
	Trials: trial.With(trial.Trial{
		Name: "spoilt", Part: trial.Question,
		Steps: []trial.Step{{Name: "login", Do: trial.Login{As: trial.Known, Bring: trial.Twice}}},
	}),
	Judge: expect.Refused,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:parameter-twice"},
}
