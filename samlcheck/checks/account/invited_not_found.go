package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var invitedNotFound = samlcheck.Check{
	ID:    "account/invited-not-found",
	Title: "Who was invited gets in at the first login, as the account of the invitation.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "Before the roll-out, find out how invited people are linked: the address in the invitation must " +
		"be the one that Okta or Entra sends. Ask the vendor by what an account is found: it should be " +
		"the NameID, and before that is known the address without regard to letter case.",
	Trials: experiment(),
	Judge:  judgeInvited,
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:second-for-invited habit:each-login-anew habit:invitation-blocks"},
}

func judgeInvited(c *samlcheck.Case) samlcheck.Verdict {
	at := refs(c, memberInvite, memberFirst, viewFirst)
	l, done := landing(c, memberFirst)
	n, seen := entries(c, viewFirst, member)
	switch {
	case !done:
		return samlcheck.Undecided("%q was not performed", memberFirst)
	case c.Last(memberInvite).Fault != "":
		return samlcheck.Undecided("the invitation failed: %s", c.Last(memberInvite).Fault).At(at...)
	case !invited(c):
		return samlcheck.NotApplicable("nobody can be invited: name members.list and members.invite in the target file")
	case !settled(l):
		return unclear("the invited member's first login", l).At(at...)
	case !entered(l):
		return samlcheck.Violated("the invited member lands %s: %s", l.Where, l.Because).At(at...)
	case seen && n > 1:
		return samlcheck.Violated("the invited member gets in, and has %d accounts now", n).At(at...)
	case seen && n == 1:
		return samlcheck.Holds("the invited member gets in, and the members view lists him once: %s", l.Because).At(at...)
	}
	return samlcheck.Undecided("the invited member gets in, and the members view does not list him").At(at...)
}
