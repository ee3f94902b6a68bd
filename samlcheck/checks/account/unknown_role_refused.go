package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var unknownRoleRefused = samlcheck.Check{
	ID:    "account/unknown-role-refused",
	Title: "A role that nobody has mapped keeps its bearer not out.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "Send only roles and groups that the service provider knows: filter them in Okta under Group " +
		"Attribute Statements, in Entra under the group claim.",
	Trials: experiment(),
	Judge:  judgeUnknownRole,
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:strict-roles"},
}

func judgeUnknownRole(c *samlcheck.Case) samlcheck.Verdict {
	v, _ := different(c, memberRole, "his role is one that nobody has mapped")
	return v
}
