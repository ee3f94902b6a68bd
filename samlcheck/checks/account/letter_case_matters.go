package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var letterCaseMatters = samlcheck.Check{
	ID:    "account/letter-case-matters",
	Title: "An address in another letter case reaches the same account.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "Ask the vendor to compare addresses without regard to letter case. Until then send the address " +
		"in lower case: in Okta with toLowerCase(), in Entra with the ToLowercase() transformation.",
	Trials: experiment(),
	Judge:  judgeLetterCase,
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:case-sensitive habit:by-name-id"},
}

func judgeLetterCase(c *samlcheck.Case) samlcheck.Verdict {
	return split(c, memberLetterCase, "his address is in capitals", viewAgain, viewLetterCase, member.With("letter-case"))
}
