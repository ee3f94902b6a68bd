package acceptance

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

var addressOwn = samlcheck.Check{
	ID:     "acceptance/address-own",
	Title:  "An assertion that names the person's own address is accepted.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.Core.At("2.4.1.2")},
	Remedy: "Have the identity provider leave Address out: behind proxies the service sees another.",
	Trials: sent("address-own", trial.Login{Forge: []forge.Mutation{forge.ConfirmationAddress("127.0.0.1")}}),
	Judge:  onThisMachine("address-own"),
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "defect:no-address-own"},
}
