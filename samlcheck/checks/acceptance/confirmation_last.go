package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var confirmationLast = samlcheck.Check{
	ID:     "acceptance/confirmation-last",
	Title:  "One confirmation that holds is enough, if it comes last.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.Core.At("2.4.1.1"), cite.Profiles.At("4.1.4.3")},
	Remedy: "Ask the vendor to look for one SubjectConfirmation that holds among all of them.",
	Trials: sent("confirmation-last", trial.Login{Forge: []forge.Mutation{forge.SecondConfirmation(true)}}),
	Judge:  accepted("confirmation-last"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-confirmation-last"},
}
