package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var accentsRefused = samlcheck.Check{
	ID:    "account/accents-refused",
	Title: "A newcomer whose names have letters beyond a to z is received.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "Tell the vendor: SAML is XML, and XML is Unicode. Until then send names without accents (Okta: " +
		"an expression; Entra: a claim transformation).",
	Trials: newcomers(),
	Judge:  unusual(newAccents, "letters beyond a to z in the names", kind("accents")),
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:ascii-names"},
}
