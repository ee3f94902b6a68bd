package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
)

var addressChangeSplits = samlcheck.Check{
	ID:    "account/address-change-splits",
	Title: "The same NameID with another address reaches the same account.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("accounts"), cite.Core.At("8.3.7")},
	Remedy: "Send a NameID that never changes (Okta: user.id with format Persistent; Entra: user.objectid), " +
		"and ask the vendor what becomes of the account when somebody marries or the domain is renamed.",
	Trials: experiment(),
	Judge:  judgeAddress,
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:by-address"},
}

func judgeAddress(c *samlcheck.Case) samlcheck.Verdict {
	return split(c, memberAddress, "his address is another one and his NameID is not", viewNameID, viewAddress, member.With("other-address"))
}
