// Package account asks whether one person has one account: when he comes again,
// when his name, his address or his groups change at the identity provider, when
// he comes as a newcomer of an unusual kind, and when an administrator has
// deactivated or removed him.
//
// There are two experiments. In the first (member.go) one member of the run's
// own making signs in again and again, each time with one thing different. In
// the second (newcomers.go) people arrive of whom one thing is unusual, between
// two ordinary ones. A person and what is different about him is written as one
// name, "fresh-member~renamed"; package trial has the list.
//
// What is read is where a login lands, how often the members view lists the
// person, which spelling of his name the pages show, and what stands on them that
// did not before. Without a members view much is undecided: two accounts look
// like one from outside.
//
// It refuses to use the known member, on whom every other question stands, and to
// call a role given that no page shows.
package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	knownTwice,
	invitedNotFound,
	secondLoginAnew,
	letterCaseMatters,
	nameIDChangeSplits,
	addressChangeSplits,
	nameChangeLost,
	emptyEmailRefused,
	adminAskedAndGiven,
	roleSticks,
	overageDropsRoles,
	unknownRoleRefused,
	deactivatedComesBack,
	removedNeverComesBack,
	emailNeeded,
	namesNeeded,
	secondEmailRefused,
	foreignDomainRefused,
	guestRefused,
	plusRefused,
	apostropheRefused,
	accentsRefused,
	longAddressRefused,
	twoAtOnce,
	laterNewcomerRefused,
}

// weighed is a trial that the judges weigh themselves: without it they know less.
func weighed(name string, part trial.Part, step string, do trial.Action) trial.Trial {
	return trial.Trial{Name: name, Part: part, Role: trial.Control, Steps: []trial.Step{{Name: step, Do: do}}}
}

func view(name string) trial.Trial {
	return weighed(name, trial.Administration, "members", trial.Members{})
}

// asks is a login that is a question.
func asks(name string, who trial.Person) trial.Trial {
	return trial.Trial{Name: name, Part: trial.Question, Steps: []trial.Step{{Name: "login", Do: trial.Login{As: who}}}}
}

// ordinary is the newcomer of package provisioning: the very same login.
func ordinary() trial.Trial {
	return weighed(oracle.TrialFresh1, trial.Newcomer, "login", trial.Login{As: trial.Fresh("1")})
}

// settled says that a landing is an answer, if not a welcome one.
func settled(l oracle.Landing) bool {
	return l.Weak == "" && l.Where != transcript.Mixed && l.Where != transcript.Unreadable && l.Where != ""
}

// entered says that the login was received, be it on a page of its own.
func entered(l oracle.Landing) bool {
	return l.Where == transcript.In || l.Where == transcript.Accepted
}

// landing reads the named trial; false where it was not performed.
func landing(c *samlcheck.Case, name string) (oracle.Landing, bool) {
	if run, ok := c.Runs[name]; !ok || len(run.Steps) == 0 || c.Model == nil {
		return oracle.Landing{}, false
	}
	return c.Landing(name), true
}

// unclear says why a landing is no answer.
func unclear(name string, l oracle.Landing) samlcheck.Verdict {
	if l.Weak != "" {
		return samlcheck.Undecided("%s landed %s, but the evidence is weak: %s", name, l.Where, l.Weak)
	}
	return samlcheck.Undecided("%s landed %s: %s", name, l.Where, l.Because)
}

// entries is how often the members view lists the person under any of the names
// that he has in the run; false where there is no view, or none that can be read.
func entries(c *samlcheck.Case, name string, who ...trial.Person) (int, bool) {
	v := c.Last(name).Members
	if v == nil || v.Error != "" {
		return 0, false
	}
	n := 0
	for _, p := range who {
		n = max(n, v.Entries[string(p)])
	}
	return n, true
}

// refs points at the last steps of the named trials, those that were performed.
func refs(c *samlcheck.Case, trials ...string) []transcript.Ref {
	var out []transcript.Ref
	for _, t := range trials {
		if run, ok := c.Runs[t]; ok && len(run.Steps) > 0 {
			out = append(out, transcript.Ref{In: run.ID + "#" + run.Last().Name, Excerpt: run.Last().Do})
		}
	}
	return out
}
