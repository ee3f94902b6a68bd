package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var foreignDomainRefused = samlcheck.Check{
	ID:    "account/foreign-domain-refused",
	Title: "A newcomer from another e-mail domain is received like any other.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "If only your own domains should get in, ask the vendor for domain verification; if guests should " +
		"get in, have their domain added.",
	Trials: newcomers(),
	Judge:  unusual(newForeign, "an address of a foreign domain", kind("foreign-domain")),
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:verified-domains"},
}
