package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var secondLoginAnew = samlcheck.Check{
	ID:    "account/second-login-anew",
	Title: "The second login reaches the account of the first.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("accounts"), cite.Core.At("8.3.7")},
	Remedy: "Ask the vendor by what an account is found: it should be the NameID, and before that is known " +
		"the address without regard to letter case.",
	Trials: experiment(),
	Judge:  judgeSecond,
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:each-login-anew"},
}

func judgeSecond(c *samlcheck.Case) samlcheck.Verdict {
	return split(c, memberAgain, "he signs in again", viewFirst, viewAgain, member)
}
