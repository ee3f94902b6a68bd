package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var audienceBefore = samlcheck.Check{
	ID:     "acceptance/audience-before",
	Title:  "A further audience before the service's own does not matter.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Core.At("2.5.1.4")},
	Remedy: "Ask the vendor to look for its own entityID among all Audiences.",
	Trials: sent("audience-before", trial.Login{Forge: []forge.Mutation{forge.ExtraAudience(true, "https://other.example/sp")}}),
	Judge:  accepted("audience-before"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-audience-before"},
}
