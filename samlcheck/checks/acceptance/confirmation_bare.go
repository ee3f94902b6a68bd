package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var confirmationBare = samlcheck.Check{
	ID:     "acceptance/confirmation-bare",
	Title:  "A further confirmation without data does not matter.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Core.At("2.4.1.1")},
	Remedy: "Nothing to do unless your identity provider sends such a thing.",
	Trials: sent("confirmation-bare", trial.Login{Forge: []forge.Mutation{forge.BareConfirmation()}}),
	Judge:  accepted("confirmation-bare"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-confirmation-bare"},
}
