package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var plusRefused = samlcheck.Check{
	ID:    "account/plus-refused",
	Title: "A newcomer whose address has a plus sign is received.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "Tell the vendor: + is part of many addresses (RFC 5322). Until then give these people an address " +
		"without it.",
	Trials: newcomers(),
	Judge:  unusual(newPlus, "a plus sign in the address", kind("plus")),
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:no-plus"},
}
