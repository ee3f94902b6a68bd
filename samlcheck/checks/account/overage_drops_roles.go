package account

import (
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var overageDropsRoles = samlcheck.Check{
	ID:    "account/overage-drops-roles",
	Title: "Who is in more groups than the identity provider sends keeps his role.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "In Entra choose Groups assigned to the application, or a filter, or app roles instead of groups: " +
		"with more than 150 groups a link is sent in their place.",
	Trials: experiment(),
	Judge:  judgeOverage,
	Proof:  samlcheck.Proof{Holds: "habit:roles-by-attribute", Violated: "habit:overage-drops"},
}

func judgeOverage(c *samlcheck.Case) samlcheck.Verdict {
	v, ok := more(c, memberGroups, "he is in more groups than are sent")
	if !ok {
		return v
	}
	at := refs(c, memberAdmin, memberGroups)
	given, noise := beyond(c, memberAdmin)
	left, _ := beyond(c, memberGroups)
	switch {
	case noise != "":
		return samlcheck.Undecided("%s", noise).At(at...)
	case len(given) == 0:
		return samlcheck.NotApplicable("no role was seen to be given")
	case !linked(c):
		return samlcheck.NotApplicable("this identity provider sends all groups, however many")
	case len(left) == 0:
		return samlcheck.Violated("with a link in place of his groups he loses what they gave him: %s", quote(given)).At(at...)
	}
	return samlcheck.Holds("with a link in place of his groups he still sees: %s", quote(left)).At(at...)
}

// linked says that a link was sent in place of the groups.
func linked(c *samlcheck.Case) bool {
	s := c.Last(memberGroups).Sent
	return s != nil && slices.ContainsFunc(s.Attributes, func(a string) bool { return strings.HasSuffix(a, "/groups.link") })
}
