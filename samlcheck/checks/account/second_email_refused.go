package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var secondEmailRefused = samlcheck.Check{
	ID:     "account/second-email-refused",
	Title:  "A newcomer with two addresses is received, as one account.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.House.At("accounts")},
	Remedy: "Send one address: in Okta user.email, in Entra user.mail, never a list of proxy addresses.",
	Trials: newcomers(),
	Judge:  unusual(newTwoEmails, "two addresses in one attribute", kind("two-emails")),
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:one-email"},
}
