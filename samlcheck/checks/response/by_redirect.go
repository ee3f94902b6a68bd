package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var byRedirect = samlcheck.Check{
	ID:    "response/by-redirect",
	Title: "A response by the HTTP-Redirect binding is refused.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.Profiles.At("4.1.2"), cite.Bindings.At("3.4.4.1")},
	Remedy: "Nothing has to be done where the response is verified all the same: the binding is for short messages, and a " +
		"response in an address is kept in logs and histories. Ask the vendor to take responses by POST alone.",
	Trials: trial.With(trial.Trial{
		Name: "spoilt", Part: trial.Question,
		Steps: []trial.Step{{Name: "login", Do: trial.Login{As: trial.Known, Bring: trial.ByRedirect}}},
	}),
	Judge: expect.Refused,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:by-redirect"},
}
