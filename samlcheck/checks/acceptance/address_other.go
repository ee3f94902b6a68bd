package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var addressOther = samlcheck.Check{
	ID:     "acceptance/address-other",
	Title:  "An assertion that names another address is accepted.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Core.At("2.4.1.2")},
	Remedy: "Have the identity provider leave Address out: behind proxies the service sees another.",
	Trials: sent("address-other", trial.Login{Forge: []forge.Mutation{forge.ConfirmationAddress("192.0.2.1")}}),
	Judge:  accepted("address-other"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-address-other"},
}
