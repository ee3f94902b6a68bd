package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var nameIDChangeSplits = samlcheck.Check{
	ID:    "account/name-id-change-splits",
	Title: "The same address with another NameID reaches the same account.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "Before you move from Okta to Entra, or change the NameID, ask the vendor how accounts are linked " +
		"anew, and keep the NameID of the old identity provider if you can (Entra: Attributes & Claims, " +
		"Unique User Identifier).",
	Trials: experiment(),
	Judge:  judgeNameID,
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:by-name-id"},
}

func judgeNameID(c *samlcheck.Case) samlcheck.Verdict {
	return split(c, memberNameID, "his NameID is another one, as after a move to another identity provider", viewLetterCase, viewNameID, member.With("other-name-id"))
}
