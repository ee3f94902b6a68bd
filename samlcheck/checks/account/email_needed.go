package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var emailNeeded = samlcheck.Check{
	ID:    "account/email-needed",
	Title: "A newcomer whose NameID is his address needs no e-mail attribute.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "Send the address as an attribute of the name that the vendor documents: Okta under Attribute " +
		"Statements, Entra under Attributes & Claims.",
	Trials: newcomers(),
	Judge:  unusual(newNoEmail, "no e-mail attribute", kind("no-email")),
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:needs-email"},
}
