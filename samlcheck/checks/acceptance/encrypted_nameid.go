package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var encryptedNameid = samlcheck.Check{
	ID:     "acceptance/encrypted-nameid",
	Title:  "A NameID that is encrypted is read.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Core.At("2.2.4")},
	Remedy: "Nothing to do with Okta or Entra, which encrypt the whole assertion or nothing.",
	Trials: sent("encrypted-nameid", trial.Login{Forge: []forge.Mutation{forge.SealedName()}}),
	Judge:  sealable(expect.Accepted("encrypted-nameid")),

	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-encrypted-nameid"},
}
