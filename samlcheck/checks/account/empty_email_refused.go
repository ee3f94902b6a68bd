package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var emptyEmailRefused = samlcheck.Check{
	ID:     "account/empty-email-refused",
	Title:  "A member whose e-mail attribute is empty gets in all the same.",
	Level:  samlcheck.Info,
	Cites:  []cite.Clause{cite.House.At("accounts")},
	Remedy: "Give everybody an address at the identity provider before assigning the application.",
	Trials: experiment(),
	Judge:  judgeEmptyEmail,
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:one-email"},
}

func judgeEmptyEmail(c *samlcheck.Case) samlcheck.Verdict {
	v, _ := different(c, memberNoEmail, "his e-mail attribute is empty")
	return v
}
