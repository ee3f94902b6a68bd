package expect

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Names of the controls that the judges of wrapped messages read.
const (
	Signer = "fresh-1" // the really signed person's own good login
	Longer = "longer"  // a person whose name begins with the victim's, without any trick
)

// Shape is the known member's good login, signed in the given way ("response",
// "assertion", "both"): whether this service provider takes such a message at all.
func Shape(signed string) trial.Trial {
	return trial.Trial{
		Name: "signed-" + signed, Part: trial.Question, Role: trial.Control,
		Steps: []trial.Step{{Name: "login", Do: trial.Login{As: trial.Known, Options: signed}}},
	}
}

// RefusedOrSigner judges a login in which one person is signed for and another
// is named beside it. Only the forged person's landing is a way in: many sound
// libraries answer success, for the person who was really signed.
//
// shape names the trial in which the known member's good response was signed
// the same way. Where that is refused, a forged one of that shape proves nothing.
func RefusedOrSigner(shape string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		if v, bad := shapeRefused(c, shape); bad {
			return v
		}
		l, why := spoilt(c, "spoilt")
		if why != "" {
			return samlcheck.Undecided("%s", why).At(l.refs()...)
		}
		if l.Weak != "" {
			return samlcheck.Undecided("%s", l.leaning()).At(l.ref)
		}
		switch l.Where {
		case transcript.Out:
			return samlcheck.Holds("the wrapped response was refused%s: %s", l.broke(), l.Because).At(l.ref)
		case transcript.In:
			return whoLanded(c, l)
		case transcript.Form, transcript.Session, transcript.Accepted:
			if s, why := read(c, Signer); why == "" && s.Where == l.Where && s.Weak == "" {
				return samlcheck.Holds("the person who was really signed for landed, as without the forged part (%s): %s",
					l.Where, l.Because).At(l.ref, s.ref)
			}
		case transcript.Mixed, transcript.Unreadable:
		}
		return samlcheck.Undecided("after the wrapped response the pages are %q%s: %s", l.Where, l.broke(), l.Because).At(l.ref)
	}
}

// shapeRefused answers for the judge where the shape of message is not
// accepted, or not known to be.
func shapeRefused(c *samlcheck.Case, shape string) (samlcheck.Verdict, bool) {
	s, why := read(c, shape)
	switch {
	case why != "":
		return samlcheck.Undecided("whether this shape of response is accepted at all is not known: %s", why).At(s.refs()...), true
	case s.Where == transcript.Out && s.Weak == "":
		return samlcheck.NotApplicable("not applicable: even a good response signed in this way is refused, so a forged one would prove nothing").At(s.ref), true
	case s.Where != transcript.In || s.Weak != "":
		return samlcheck.Undecided("whether this shape of response is accepted at all is not known: %s", s.Because).At(s.ref), true
	}
	return samlcheck.Verdict{}, false
}

// whoLanded weighs a login that got in: as the victim, or as the signer?
func whoLanded(c *samlcheck.Case, l login) samlcheck.Verdict {
	switch {
	case l.As == string(trial.Known):
		return samlcheck.Violated("the forged person is signed in, though only another was signed for: %s", l.Because).At(l.ref)
	case l.As != "" && l.As == l.step.Person:
		return samlcheck.Holds("the person who was really signed for landed: %s", l.Because).At(l.ref)
	case l.As != "":
		return samlcheck.Undecided("somebody else landed (%s): %s", l.As, l.Because).At(l.ref)
	}
	s, why := read(c, Signer)
	switch {
	case why != "":
		return samlcheck.Undecided("accepted, as whom could not be seen; %s", why).At(l.ref)
	case s.Where == transcript.Out && s.Weak == "":
		return samlcheck.Violated("accepted, and it cannot be the person who was signed for, who is refused when he signs in himself: %s",
			l.Because).At(l.ref, s.ref)
	}
	return samlcheck.Undecided("accepted, as whom could not be seen: the person who was signed for may sign in too").At(l.ref, s.ref)
}

// SameAsLonger judges a login for a person whose name begins with the known
// member's, with a comment behind that beginning. It is compared with the same
// login without the comment: the comment must make no difference.
func SameAsLonger(c *samlcheck.Case) samlcheck.Verdict {
	l, why := spoilt(c, "spoilt")
	if why != "" {
		return samlcheck.Undecided("%s", why).At(l.refs()...)
	}
	if l.Weak != "" {
		return samlcheck.Undecided("%s", l.leaning()).At(l.ref)
	}
	plain, why := spoilt(c, Longer)
	switch {
	case l.Where == transcript.Out:
		return samlcheck.Holds("the name with a comment was refused%s: %s", l.broke(), l.Because).At(l.ref)
	case why != "":
		return samlcheck.Undecided("it landed %q, and there is nothing to compare with: %s", l.Where, why).At(l.ref)
	case plain.Weak != "":
		return samlcheck.Undecided("the same name without a comment: %s", plain.leaning()).At(l.ref, plain.ref)
	case l.Where == transcript.In:
		return whoseName(c, l, plain)
	case l.Where == plain.Where:
		return samlcheck.Holds("the comment makes no difference (%s): %s", l.Where, l.Because).At(l.ref, plain.ref)
	}
	return samlcheck.Undecided("with a comment in the name it landed %q, without %q: %s", l.Where, plain.Where, l.Because).At(l.ref, plain.ref)
}

func whoseName(c *samlcheck.Case, l, plain login) samlcheck.Verdict {
	known := string(trial.Known)
	switch {
	case plain.Where == transcript.Out:
		return samlcheck.Violated("the name was cut at the comment: the longer name is refused, with the comment it is let in, %s: %s",
			l.whom(), l.Because).At(l.ref, plain.ref)
	case plain.Where != transcript.In:
		return samlcheck.Undecided("with a comment in the name it landed %q, without %q: %s", l.Where, plain.Where, l.Because).At(l.ref, plain.ref)
	case l.As == known && plain.As != known:
		return samlcheck.Violated("the name was cut at the comment: the known member is signed in: %s", l.Because).At(l.ref, plain.ref)
	case l.As != "" && l.As == plain.As:
		return samlcheck.Holds("the comment makes no difference: both land %s", l.whom()).At(l.ref, plain.ref)
	}
	if good, why := read(c, trial.Clean().Name); why == "" && good.As == known && l.As == plain.As {
		return samlcheck.Holds("the comment makes no difference: the known member's pages name him, and these do not").At(l.ref, plain.ref, good.ref)
	}
	return samlcheck.Undecided("accepted with the comment and without it, as whom could not be seen").At(l.ref, plain.ref)
}
