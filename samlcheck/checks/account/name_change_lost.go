package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var nameChangeLost = samlcheck.Check{
	ID:    "account/name-change-lost",
	Title: "A name that changes at the identity provider arrives at the next login.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "Ask the vendor whether profiles follow the identity provider; else have somebody change names by " +
		"hand, at the service provider too.",
	Trials: experiment(),
	Judge:  judgeRenamed,
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:keeps-names"},
}

func judgeRenamed(c *samlcheck.Case) samlcheck.Verdict {
	v, ok := different(c, memberRenamed, "his name has changed")
	if !ok {
		return v
	}
	at := refs(c, memberRenamed, memberAgain)
	s := c.Last(memberRenamed)
	old, now := c.Model.Spelt(s, string(member)), c.Model.Spelt(s, string(member.With("renamed")))
	switch {
	case now.DisplayName && !old.DisplayName:
		return samlcheck.Holds("the pages show the new name, and not the old one").At(at...)
	case old.DisplayName && !now.DisplayName:
		return samlcheck.Violated("the pages still show the old name, and not the new one").At(at...)
	}
	return samlcheck.Undecided("no page that was looked at shows one of the two names alone: name the profile page under session.pages").At(at...)
}
