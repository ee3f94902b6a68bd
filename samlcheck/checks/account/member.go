package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/trial"
)

// member is the person of the first experiment: invited where the target says
// how, and else made by his first login, where logins make accounts.
const member = trial.Person("fresh-member")

// Trials of the first experiment, in order.
const (
	memberInvite     = "member-invite"
	memberFirst      = "member-first"
	viewFirst        = "member-view-first"
	memberAgain      = "member-again"
	viewAgain        = "member-view-again"
	memberLetterCase = "member-letter-case"
	viewLetterCase   = "member-view-letter-case"
	memberRenamed    = "member-renamed"
	memberNoEmail    = "member-empty-email"
	memberNameID     = "member-other-name-id"
	viewNameID       = "member-view-other-name-id"
	memberAdmin      = "member-admin"
	memberGroups     = "member-many-groups"
	memberPlain      = "member-no-admin"
	memberRole       = "member-unknown-role"
	memberAddress    = "member-other-address"
	viewAddress      = "member-view-other-address"
	memberBack       = "member-own-address"
	memberDisable    = "member-disable"
	memberDisabled   = "member-disabled"
	memberRemove     = "member-remove"
	memberRemoved    = "member-removed"
)

// experiment is the first experiment. The order is part of the evidence: what
// could leave a second account behind comes late, and the administrator's own
// acts come last.
func experiment() []trial.Trial {
	return trial.With(
		ordinary(),
		weighed(memberInvite, trial.Administration, "invite", trial.Invite{Who: member}),
		asks(memberFirst, member), view(viewFirst),
		asks(memberAgain, member), view(viewAgain),
		asks(memberLetterCase, member.With("letter-case")), view(viewLetterCase),
		asks(memberRenamed, member.With("renamed")),
		asks(memberNoEmail, member.With("empty-email")),
		asks(memberNameID, member.With("other-name-id")), view(viewNameID),
		asks(memberAdmin, member.With("admin")),
		asks(memberGroups, member.With("many-groups")),
		asks(memberPlain, member),
		asks(memberRole, member.With("unknown-role")),
		asks(memberAddress, member.With("other-address")), view(viewAddress),
		asks(memberBack, member),
		weighed(memberDisable, trial.Administration, "disable", trial.Disable{Who: member}),
		asks(memberDisabled, member),
		weighed(memberRemove, trial.Administration, "remove", trial.Remove{Who: member}),
		asks(memberRemoved, member),
	)
}

// usual is where the member lands when nothing is different. The verdict says
// why nothing can be asked of him; it counts only where ok is false.
func usual(c *samlcheck.Case) (l oracle.Landing, v samlcheck.Verdict, ok bool) {
	l, ok = landing(c, memberFirst)
	switch {
	case !ok:
		return l, samlcheck.Undecided("%q was not performed", memberFirst), false
	case !settled(l):
		return l, unclear("the member's first login", l).At(refs(c, memberFirst)...), false
	case entered(l):
		return l, v, true
	case invited(c):
		return l, samlcheck.NotApplicable("the member of this experiment was invited and still lands %s: %s", l.Where, l.Because), false
	}
	return l, samlcheck.NotApplicable("somebody new lands %s, and the target file has no way to invite him (members.invite): %s", l.Where, l.Because), false
}

func invited(c *samlcheck.Case) bool {
	s := c.Last(memberInvite)
	return s.Person != "" && s.Fault == ""
}

// different compares one login with the usual one. ok says that he got in as usual.
func different(c *samlcheck.Case, name, what string) (v samlcheck.Verdict, ok bool) {
	return compared(c, name, what, false)
}

// more is different where new text on his pages is what is asked for: elsewhere it
// makes the evidence weak, for it could be a gate.
func more(c *samlcheck.Case, name, what string) (v samlcheck.Verdict, ok bool) {
	return compared(c, name, what, true)
}

func compared(c *samlcheck.Case, name, what string, novel bool) (v samlcheck.Verdict, ok bool) {
	was, v, ok := usual(c)
	if !ok {
		return v, false
	}
	l, done := landing(c, name)
	at := refs(c, name, memberFirst)
	switch {
	case !done:
		return samlcheck.Undecided("%q was not performed", name), false
	case l.Crashed:
		return samlcheck.Violated("the service provider breaks when %s: %s", what, l.Because).At(at...), false
	case !settled(l) && (!novel || len(l.Novel) == 0 || !entered(l)):
		return unclear("the login in which "+what, l).At(at...), false
	case entered(l):
		return samlcheck.Holds("he gets in as usual when %s: %s", what, l.Because).At(at...), true
	}
	return samlcheck.Violated("the member lands %s usually, and %s when %s: %s", was.Where, l.Where, what, l.Because).At(at...), false
}

// split asks whether the login made a second account. Before and after are
// members views; who is the person under both of his names.
func split(c *samlcheck.Case, name, what, before, after string, who trial.Person) samlcheck.Verdict {
	v, ok := different(c, name, what)
	if !ok {
		return v
	}
	at := refs(c, name, before, after)
	if n, again, ok := grew(c, viewFirst, viewAgain, member); ok && name != memberAgain && again > n {
		return samlcheck.Undecided("every login makes an account, whatever is different about it").At(at...)
	}
	n, now, seen := grew(c, before, after, who)
	switch {
	case seen && now > n:
		return samlcheck.Violated("he gets in when %s, but as somebody else: the members view lists him %d times, and %d before", what, now, n).At(at...)
	case seen && n > 0:
		return samlcheck.Holds("he gets in when %s, and the members view lists him as often as before (%d)", what, now).At(at...)
	}
	return unseen(c, name, what, who).At(at...)
}

// grew is what two members views say of the person; false where they say nothing.
func grew(c *samlcheck.Case, before, after string, who trial.Person) (n, now int, ok bool) {
	n, ok1 := entries(c, before, member, who)
	now, ok2 := entries(c, after, member, who)
	return n, now, ok1 && ok2 && (n > 0 || now > 0)
}

// unseen is the answer where no members view gives one. A page that spells the
// person as his account does, and not as he was just asserted, tells as much.
func unseen(c *samlcheck.Case, name, what string, who trial.Person) samlcheck.Verdict {
	old, now := c.Model.Spelt(c.Last(name), string(member)), c.Model.Spelt(c.Last(name), string(who))
	if old.Email && !now.Email {
		return samlcheck.Holds("he gets in when %s, and the page shows the address that his account has had, not the one that was sent", what)
	}
	return samlcheck.Undecided("he gets in when %s; whether as the same account, only a members view that lists him would tell (members in the target file)", what)
}
