package provisioning

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
)

var knownMemberSignsIn = samlcheck.Check{
	ID:    "provisioning/known-member-signs-in",
	Title: "A member who exists already gets in.",
	Level: samlcheck.Must,
	Cites: []cite.Clause{cite.Profiles.At("4.1.3.6"), cite.House.At("known-member")},
	Remedy: "Check that the member is invited, active and linked to single sign-on, and that the NameID sent is the " +
		"address or user name under which the service knows him.",
	Trials: besides(),
	Judge:  judgeKnown,
	Proof:  samlcheck.Proof{Holds: "stand-in", Violated: "mode:locked-known"},
}

func judgeKnown(c *samlcheck.Case) samlcheck.Verdict {
	both := []string{oracle.TrialKnown1, oracle.TrialKnown2}
	if t := missing(c, both...); t != "" || c.Model == nil {
		return samlcheck.Undecided("%q was not performed", t)
	}
	at := refs(c, both...)
	in, why := c.Model.KnownIn()
	one, two := c.Landing(both[0]), c.Landing(both[1])
	switch {
	case in && one.Where == transcript.In && two.Where == transcript.In && one.Weak == "" && two.Weak == "":
		return samlcheck.Holds("%s: %s", why, one.Because).At(at...)
	case in:
		return samlcheck.Undecided("%s, but the evidence is weak: %s", why, one.Weak+two.Weak).At(at...)
	case c.Model.Barred(c.Last(both[0])) && c.Model.Barred(c.Last(both[1])):
		// a page of his own that refuses, or offers him the door, twice
		return samlcheck.Violated("the known member is not let in, twice: %s", one.Because).At(at...)
	}
	return samlcheck.Undecided("%s", why).At(at...)
}
