package response

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var audienceMissing = samlcheck.Check{
	ID:    "response/audience-missing",
	Title: "A response that names no audience is refused.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Profiles.At("4.1.4.2"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Such a response could be used at every service. Ask the vendor to demand at least one " +
		"AudienceRestriction that names the service, not merely to check those that are there.",
	Trials: trial.Against(forge.NoAudience()),
	Judge:  expect.Refused,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "flaw:audience"},
}
