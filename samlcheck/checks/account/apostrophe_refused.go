package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var apostropheRefused = samlcheck.Check{
	ID:    "account/apostrophe-refused",
	Title: "A newcomer whose address and surname have an apostrophe is received.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "Tell the vendor: names such as O'Neil are common, and where an apostrophe breaks a page, " +
		"injection is not far.",
	Trials: newcomers(),
	Judge:  unusual(newApostrophe, "an apostrophe in address and surname", kind("apostrophe")),
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:no-apostrophe"},
}
