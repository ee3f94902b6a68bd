package account

import (
	"slices"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/trial"
)

var knownTwice = samlcheck.Check{
	ID:    "account/known-twice",
	Title: "A member who existed before has one account after his login by single sign-on.",
	Level: samlcheck.Should,
	Cites: []cite.Clause{cite.House.At("accounts")},
	Remedy: "Ask the vendor how existing accounts are linked to single sign-on before you switch it on; merge " +
		"the two accounts while they are empty.",
	Trials: known(),
	Judge:  judgeKnownTwice,
	Proof:  samlcheck.Proof{Holds: "mode:create", Violated: "habit:second-for-invited habit:each-login-anew"},
}

// known is the known member's part of the experiment of package provisioning: the
// same trials, so that they are performed once.
func known() []trial.Trial {
	return slices.Concat(
		[]trial.Trial{view(oracle.TrialMembers1), weighed(oracle.TrialInvite, trial.Administration, "invite", trial.Invite{Who: trial.Known})},
		trial.With(view(oracle.TrialMembers2)),
	)
}

func judgeKnownTwice(c *samlcheck.Case) samlcheck.Verdict {
	n, seen := entries(c, oracle.TrialMembers2, trial.Known)
	was, before := entries(c, oracle.TrialMembers1, trial.Known)
	at := refs(c, oracle.TrialMembers1, oracle.TrialMembers2)
	if l, ok := landing(c, oracle.TrialKnown1); !ok || !settled(l) || !entered(l) {
		return samlcheck.Undecided("the known member did not get in").At(refs(c, oracle.TrialKnown1)...)
	}
	switch {
	case !seen:
		return samlcheck.NotApplicable("there is no members view that could be read (members in the target file)")
	case n == 0:
		return samlcheck.Undecided("the members view does not list the known member").At(at...)
	case n > 1 && before && was >= n:
		return samlcheck.Undecided("the members view listed the known member %d times before he signed in", was).At(at...)
	case n > 1:
		return samlcheck.Violated("the members view lists the known member %d times after his logins, and %d times before", n, was).At(at...)
	}
	return samlcheck.Holds("the members view lists the known member once").At(at...)
}
