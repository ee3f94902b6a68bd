package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/oracle"
)

var removedNeverComesBack = samlcheck.Check{
	ID:    "account/removed-never-comes-back",
	Title: "Who was removed and signs in again is treated as a newcomer.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "Ask the vendor how somebody who was removed is brought back: some keep a deleted account that " +
		"blocks his address.",
	Trials: experiment(),
	Judge:  judgeRemoved,
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:tombstones"},
}

func judgeRemoved(c *samlcheck.Case) samlcheck.Verdict {
	if _, v, ok := usual(c); !ok {
		return v
	}
	first, ok1 := landing(c, oracle.TrialFresh1)
	l, ok2 := landing(c, memberRemoved)
	how := c.Last(memberRemove)
	at := refs(c, memberRemove, memberRemoved, oracle.TrialFresh1)
	switch {
	case !ok1 || !ok2:
		return samlcheck.Undecided("%q or %q was not performed", memberRemoved, oracle.TrialFresh1)
	case how.Fault != "":
		return samlcheck.Undecided("the account could not be removed: %s", how.Fault).At(at...)
	case how.Person == "":
		return samlcheck.NotApplicable("the target file has no way to remove an account (members.remove)")
	case !settled(first):
		return unclear("the ordinary newcomer", first).At(at...)
	case !settled(l):
		return unclear("the removed member's login", l).At(at...)
	case l.Where == first.Where:
		return samlcheck.Holds("the removed member lands %s, as newcomers do: %s", l.Where, l.Because).At(at...)
	case entered(l) && entered(first):
		return samlcheck.Holds("the removed member is received, as newcomers are: %s", l.Because).At(at...)
	}
	return samlcheck.Violated("the removed member lands %s, where newcomers land %s: %s", l.Where, first.Where, l.Because).At(at...)
}
