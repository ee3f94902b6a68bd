package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var notBase64 = samlcheck.Check{
	ID:    "response/not-base64",
	Title: "A response that is not base64 signs nobody in.",
	Level: samlcheck.Should,
	Reach: samlcheck.Outsider,
	Cites: []cite.Clause{cite.Bindings.At("3.5.4")},
	Remedy: "Treat it as an incident: anybody can send such a form. Switch SAML login off until the vendor lets nobody in " +
		"whose response cannot be read.",
	Trials: trial.With(trial.Trial{
		Name: "spoilt", Part: trial.Question,
		Steps: []trial.Step{{Name: "login", Do: trial.Login{As: trial.Known, Bring: trial.NotBase64}}},
	}),
	Judge: expect.Refused,
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:unreadable"},
}
