package account

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/trial"
)

// Trials of the second experiment, in order. The ordinary newcomers at both ends
// are its controls.
const (
	newNoEmail    = "new-no-email"
	newNoNames    = "new-no-names"
	newTwoEmails  = "new-two-emails"
	newForeign    = "new-foreign-domain"
	newGuest      = "new-guest"
	newPlus       = "new-plus"
	newApostrophe = "new-apostrophe"
	newAccents    = "new-accents"
	newLong       = "new-long"
	newPair       = "new-two-at-once"
	newLast       = "new-last"
	viewNew       = "new-view"
)

// pair signs in from two browsers at once, and then once more, alone.
const pair = trial.Person("fresh-pair")

// kind is a newcomer of whom one thing is unusual.
func kind(variant string) trial.Person { return trial.Fresh(variant).With(variant) }

// newcomers is the second experiment.
func newcomers() []trial.Trial {
	return trial.With(
		ordinary(),
		asks(newNoEmail, kind("no-email")),
		asks(newNoNames, kind("no-names")),
		asks(newTwoEmails, kind("two-emails")),
		asks(newForeign, kind("foreign-domain")),
		asks(newGuest, kind("guest")),
		asks(newPlus, kind("plus")),
		asks(newApostrophe, kind("apostrophe")),
		asks(newAccents, kind("accents")),
		asks(newLong, kind("long")),
		trial.Trial{Name: newPair, Part: trial.Question, Steps: []trial.Step{{Name: "login", Do: trial.AtOnce{As: pair}}}},
		asks(newLast, pair),
		view(viewNew),
	)
}

// receives says whether ordinary newcomers are received before and after. The
// verdict says why nothing can be asked; it counts only where ok is false.
func receives(c *samlcheck.Case) (first oracle.Landing, v samlcheck.Verdict, ok bool) {
	first, ok = landing(c, oracle.TrialFresh1)
	last, done := landing(c, newLast)
	switch {
	case !ok || !done:
		return first, samlcheck.Undecided("the ordinary newcomers before and after did not sign in"), false
	case !settled(first):
		return first, unclear("the ordinary newcomer", first).At(refs(c, oracle.TrialFresh1)...), false
	case !entered(first):
		return first, samlcheck.NotApplicable("no newcomer is received here, of whatever kind (%s lands %s)", oracle.TrialFresh1, first.Where), false
	case !settled(last):
		return first, unclear("the ordinary newcomer at the end", last).At(refs(c, newLast)...), false
	}
	return first, v, true
}

// unusual asks whether one newcomer is received as an ordinary one is.
func unusual(name, what string, who trial.Person) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		first, v, ok := receives(c)
		if !ok {
			return v
		}
		l, done := landing(c, name)
		at := refs(c, name, oracle.TrialFresh1, newLast)
		last, _ := landing(c, newLast)
		n, seen := entries(c, viewNew, who)
		switch {
		case !done:
			return samlcheck.Undecided("%q was not performed", name)
		case l.Crashed:
			return samlcheck.Violated("the service provider breaks on a newcomer with %s: %s", what, l.Because).At(at...)
		case !settled(l):
			return unclear("the newcomer with "+what, l).At(at...)
		case entered(l) && seen && n > 1:
			return samlcheck.Violated("a newcomer with %s is received, and has %d accounts", what, n).At(at...)
		case entered(l):
			return samlcheck.Holds("a newcomer with %s is received like any other: %s", what, l.Because).At(at...)
		case !entered(last):
			return samlcheck.Undecided("a newcomer with %s lands %s, but so does an ordinary one after him: a limit on new accounts would look the same", what, l.Where).At(at...)
		}
		return samlcheck.Violated("a newcomer with %s lands %s, where ordinary ones before and after him land %s: %s", what, l.Where, first.Where, l.Because).At(at...)
	}
}
