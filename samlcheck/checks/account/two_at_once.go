package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var twoAtOnce = samlcheck.Check{
	ID:    "account/two-at-once",
	Title: "Two first logins of one person at the same moment make one account.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "Tell the vendor: without a unique index, a double click makes two accounts. Merge them while " +
		"they are empty.",
	Trials: newcomers(),
	Judge:  judgeTwoAtOnce,
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:two-at-once"},
}

func judgeTwoAtOnce(c *samlcheck.Case) samlcheck.Verdict {
	if _, v, ok := receives(c); !ok {
		return v
	}
	l, ok := landing(c, newLast)
	at := refs(c, newPair, newLast, viewNew)
	n, seen := entries(c, viewNew, pair)
	switch {
	case !ok || len(c.Last(newPair).Beside) == 0:
		return samlcheck.Undecided("%q was not performed", newPair)
	case !entered(l):
		return samlcheck.NotApplicable("newcomers are not received any more at this point (%s)", l.Where)
	case seen && n > 2:
		return samlcheck.Undecided("every login makes an account: after three he has %d", n).At(at...)
	case seen && n > 1:
		return samlcheck.Violated("one person who signed in from two browsers at once has %d accounts", n).At(at...)
	case seen && n == 1:
		return samlcheck.Holds("one person who signed in from two browsers at once has one account, and gets in afterwards").At(at...)
	}
	return samlcheck.Undecided("he gets in; how many accounts he has, only a members view that lists newcomers would tell").At(at...)
}
