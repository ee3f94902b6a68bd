package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var namesNeeded = samlcheck.Check{
	ID:    "account/names-needed",
	Title: "A newcomer without names is received.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "Send given name and surname, and fill them in for everybody at the identity provider: service " +
		"accounts and contractors often have none.",
	Trials: newcomers(),
	Judge:  unusual(newNoNames, "no names", kind("no-names")),
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:needs-names"},
}
