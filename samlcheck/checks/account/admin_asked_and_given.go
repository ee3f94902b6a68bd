package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var adminAskedAndGiven = samlcheck.Check{
	ID:    "account/admin-asked-and-given",
	Title: "Whoever is said to be an administrator sees no more than before.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "If nobody has mapped these names to roles at the service provider, tell the vendor. If somebody " +
		"has, see that only administrators can be put into these groups in Okta or Entra, and that users " +
		"cannot edit the attribute.",
	Trials: experiment(),
	Judge:  judgeAdmin,
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:roles-by-attribute habit:roles-stick habit:overage-drops"},
}

func judgeAdmin(c *samlcheck.Case) samlcheck.Verdict {
	v, ok := more(c, memberAdmin, "a role and groups say that he is an administrator")
	if !ok {
		return v
	}
	at := refs(c, memberAdmin, memberAgain)
	seen, noise := beyond(c, memberAdmin)
	switch {
	case noise != "":
		return samlcheck.Undecided("%s", noise).At(at...)
	case len(seen) > 0 && echoed(c, memberAdmin, seen):
		return samlcheck.Undecided("said to be an administrator, he sees what was sent and nothing else: his pages list it, or show his new role (%s)", quote(seen)).At(at...)
	case len(seen) > 0:
		return samlcheck.Violated("said to be an administrator, he sees what he did not before: %s", quote(seen)).At(at...)
	}
	if !named(c, memberAdmin) {
		return samlcheck.Undecided("nothing on the pages that were looked at is new, and no page was named that shows a role: " +
			"name one that only administrators see under session.pages").At(at...)
	}
	return samlcheck.Holds("nothing new was seen, on the pages under session.pages and the others; a role that none of them shows was not looked for").At(at...)
}
