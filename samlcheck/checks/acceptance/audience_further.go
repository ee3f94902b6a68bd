package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var audienceFurther = samlcheck.Check{
	ID:     "acceptance/audience-further",
	Title:  "A further audience behind the service's own does not matter.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Core.At("2.5.1.4")},
	Remedy: "Ask the vendor to look for its own entityID among all Audiences.",
	Trials: sent("audience-further", trial.Login{Forge: []forge.Mutation{forge.ExtraAudience(false, "https://other.example/sp")}}),
	Judge:  accepted("audience-further"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-audience-further"},
}
