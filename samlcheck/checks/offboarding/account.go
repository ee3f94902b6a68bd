package offboarding

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/trial"
)

var accountUnlisted = samlcheck.Check{
	ID:    "offboarding/account-unlisted",
	Title: "The account of whoever was revoked at the identity provider can still be found in the members view.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("off-boarding")},
	Remedy: "Revoking at the identity provider does not remove the account, and here the members view does not show it either. " +
		"Look for it by address, and ask the vendor for a list that is complete.",
	Trials: controls(revoked()),
	Judge: func(c *samlcheck.Case) samlcheck.Verdict {
		was, why := entries(c, before)
		if why != "" {
			return samlcheck.NotApplicable("not applicable: %s", why)
		}
		now, why := entries(c, members)
		switch {
		case why != "":
			return samlcheck.Undecided("%s", why)
		case was == 0:
			return samlcheck.Undecided("the members view does not list the known member before the revocation either: it says nothing")
		case now == 0:
			return samlcheck.Violated("after the revocation the members view no longer lists the account")
		}
		return samlcheck.Holds("after the revocation the members view still lists the account (%d): nobody but you removes it", now)
	},
	Proof: samlcheck.Proof{Holds: "stand-in", Violated: "mode:blind-view"},
}

var sameAccountAgain = samlcheck.Check{
	ID:    "offboarding/other-account-after",
	Title: "Whoever is assigned again comes back to the same account.",
	Level: samlcheck.Info,
	Cites: []cite.Clause{cite.House.At("off-boarding")},
	Remedy: "Somebody who comes back finds an empty account. Ask the vendor by what people are recognised, and use a NameID " +
		"that never changes; have the two accounts merged.",
	Trials: controls(revoked()),
	Judge:  judgeSame,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "mode:locked-known"},
}

func judgeSame(c *samlcheck.Case) samlcheck.Verdict {
	first, why := expect.SessionAt(c, revoked().Name, login)
	if why != "" {
		return samlcheck.Undecided("%s", why)
	}
	again, why := expect.SessionAt(c, revoked().Name, back)
	if why != "" {
		return samlcheck.Undecided("%s", why)
	}
	was, noView := entries(c, before)
	now, _ := entries(c, "members-after")
	switch {
	case !first.Alive():
		return samlcheck.Undecided("the known member is not in before the revocation: %s", first.Unclear())
	case noView == "" && was > 0 && now > was:
		return samlcheck.Violated("the members view has %d entries of the person now, and had %d before", now, was).At(again.Ref)
	case !again.Alive():
		return samlcheck.Undecided("assigned again, the person does not land as before: %s", again.Unclear()).At(again.Ref)
	case noView != "" || was == 0:
		return samlcheck.Holds("assigned again, the person lands as before: %s. No members view says whether there is a second account", again.Because).At(first.Ref, again.Ref)
	}
	return samlcheck.Holds("assigned again, the person lands as before, and the members view lists one account as it did: %s", again.Because).At(first.Ref, again.Ref)
}

// entries is how often the members view lists the known member in the step.
func entries(c *samlcheck.Case, step string) (n int, why string) {
	s, ok := c.Runs[revoked().Name].Step(step)
	switch {
	case !ok:
		return 0, "the members view was not read"
	case s.Members == nil:
		return 0, "the target file gives no members view"
	case s.Members.Error != "":
		return 0, "the members view could not be read: " + s.Members.Error
	}
	return s.Members.Entries[string(trial.Known)], ""
}
