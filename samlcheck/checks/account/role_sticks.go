package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var roleSticks = samlcheck.Check{
	ID:     "account/role-sticks",
	Title:  "A role that the identity provider does not assert any more is taken away.",
	Level:  samlcheck.Should,
	Cites:  []cite.Clause{cite.House.At("accounts")},
	Remedy: "Take roles away by hand at the service provider, and put that into your off-boarding list.",
	Trials: experiment(),
	Judge:  judgeRoleSticks,
	Proof:  samlcheck.Proof{Holds: "habit:roles-by-attribute", Violated: "habit:roles-stick"},
}

func judgeRoleSticks(c *samlcheck.Case) samlcheck.Verdict {
	v, ok := more(c, memberPlain, "nothing says any more that he is an administrator")
	if !ok {
		return v
	}
	at := refs(c, memberAdmin, memberPlain)
	given, noise := beyond(c, memberAdmin)
	left, _ := beyond(c, memberPlain)
	switch {
	case noise != "":
		return samlcheck.Undecided("%s", noise).At(at...)
	case len(given) == 0:
		return samlcheck.NotApplicable("no role was seen to be given")
	case len(left) > 0:
		return samlcheck.Violated("a role was given by attribute, and without the attribute he still sees: %s", quote(left)).At(at...)
	}
	return samlcheck.Holds("a role was given by attribute (%s), and taken away with it", quote(given)).At(at...)
}
