package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/oracle"
)

var laterNewcomerRefused = samlcheck.Check{
	ID:    "account/later-newcomer-refused",
	Title: "A later newcomer is received as the first one was.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "Look at the plan: seats may have run out. Free some, or buy some, before the roll-out, and " +
		"remove what this run made.",
	Trials: newcomers(),
	Judge:  judgeLater,
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:seat-limit"},
}

func judgeLater(c *samlcheck.Case) samlcheck.Verdict {
	first, v, ok := receives(c)
	if !ok {
		return v
	}
	last, _ := landing(c, newLast)
	at := refs(c, oracle.TrialFresh1, newLast)
	if entered(last) {
		return samlcheck.Holds("the last newcomer is received as the first one was: %s", last.Because).At(at...)
	}
	return samlcheck.Violated("the first newcomer lands %s, the last one %s, and the known member still gets in: the seats have run out, or new accounts are limited (%s)", first.Where, last.Where, last.Because).At(at...)
}
