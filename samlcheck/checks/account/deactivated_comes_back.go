package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var deactivatedComesBack = samlcheck.Check{
	ID:    "account/deactivated-comes-back",
	Title: "Who was deactivated at the service provider is not let in by single sign-on.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "Unassign people in Okta or Entra first, and do not rely on deactivating them at the service " +
		"provider; tell the vendor.",
	Trials: experiment(),
	Judge:  judgeDisabled,
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:reactivates"},
}

func judgeDisabled(c *samlcheck.Case) samlcheck.Verdict {
	if _, v, ok := usual(c); !ok {
		return v
	}
	before, ok1 := landing(c, memberBack)
	l, ok2 := landing(c, memberDisabled)
	how := c.Last(memberDisable)
	twice := severalAccounts(c)
	at := refs(c, memberDisable, memberDisabled, memberBack)
	switch {
	case !ok1 || !ok2:
		return samlcheck.Undecided("%q was not performed", memberDisabled)
	case how.Fault != "":
		return samlcheck.Undecided("the account could not be deactivated: %s", how.Fault).At(at...)
	case how.Person == "":
		return samlcheck.NotApplicable("the target file has no way to deactivate an account (members.disable)")
	case !settled(before) || !entered(before):
		return samlcheck.Undecided("he did not get in right before he was deactivated (%s): %s", before.Where, before.Because).At(at...)
	case !settled(l):
		return unclear("the deactivated member's login", l).At(at...)
	case entered(l) && twice:
		return samlcheck.Undecided("the deactivated member gets in, but he has several accounts, and not all of them need have been deactivated").At(at...)
	case entered(l):
		return samlcheck.Violated("the deactivated member gets in: %s", l.Because).At(at...)
	}
	return samlcheck.Holds("the deactivated member lands %s: %s", l.Where, l.Because).At(at...)
}

// severalAccounts says that the members view has listed the member more than once.
func severalAccounts(c *samlcheck.Case) bool {
	for _, v := range []string{viewFirst, viewAgain, viewLetterCase, viewNameID, viewAddress} {
		if n, ok := entries(c, v, member); ok && n > 1 {
			return true
		}
	}
	return false
}
