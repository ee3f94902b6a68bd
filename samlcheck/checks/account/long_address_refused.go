package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var longAddressRefused = samlcheck.Check{
	ID:     "account/long-address-refused",
	Title:  "A newcomer whose address has 64 characters before the @ is received.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.House.At("accounts")},
	Remedy: "Ask the vendor how long addresses may be; guests and service accounts have long ones.",
	Trials: newcomers(),
	Judge:  unusual(newLong, "64 characters before the @", kind("long")),
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:short-addresses"},
}
