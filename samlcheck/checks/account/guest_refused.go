package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var guestRefused = samlcheck.Check{
	ID:    "account/guest-refused",
	Title: "A guest of the tenant, whose user name holds #EXT#, is received.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "In Entra send user.mail as NameID for external guests (Attributes & Claims, Unique User " +
		"Identifier, claim conditions).",
	Trials: newcomers(),
	Judge:  unusual(newGuest, "a guest's #EXT# user name", kind("guest")),
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:no-guests"},
}
