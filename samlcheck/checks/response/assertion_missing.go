package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var assertionMissing = samlcheck.Check{
	ID:    "response/assertion-missing",
	Title: "A response without an assertion signs nobody in.",
	Level: samlcheck.Must,
	Reach: samlcheck.KeyHolder,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.2"), cite.Core.At("3.3.3")},
	Remedy: "Ask the vendor to let nobody in on a status alone: without an assertion it is not known who has " +
		"come.",
	Trials: trial.With(trial.Trial{
		Name: "spoilt", Part: trial.Question,
		Steps: []trial.Step{{Name: "login", Do: trial.Login{
			As: trial.Known, Options: "response", Forge: []forge.Mutation{forge.NoAssertion()},
		}}},
	}),
	Judge: expect.Refused,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:no-assertion"},
}
