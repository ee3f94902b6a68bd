package expect

import (
	"regexp"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Signer names the control that RefusedOrSigner reads: the really signed
// person's own good login.
const Signer = "fresh-1"

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
		return refusedOrSigner(c, "spoilt")
	}
}

func refusedOrSigner(c *samlcheck.Case, name string) samlcheck.Verdict {
	l, why := spoilt(c, name)
	if why != "" {
		return samlcheck.Undecided("%s", why).At(l.refs()...)
	}
	if l.Weak != "" {
		return named(c, l)
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
	if v := named(c, l); v.Outcome(samlcheck.Must) == samlcheck.Fail {
		return v
	}
	return samlcheck.Undecided("accepted, as whom could not be seen: the person who was signed for may sign in too").At(l.ref, s.ref)
}

// named weighs a landing that is not like the known member's in every word. A
// reader that merges the two parts shows text of both, which no login ever did.
// Where the signer, when he signs in himself, is let in and the forged person's
// name is nowhere on his pages, that name now says that unsigned text was read.
func named(c *samlcheck.Case, l login) samlcheck.Verdict {
	s, why := read(c, Signer)
	good, none := read(c, trial.Clean().Name)
	if why != "" || none != "" || l.Where != transcript.In || s.Where != transcript.In || s.Weak != "" {
		return samlcheck.Undecided("%s", l.leaning()).At(l.ref)
	}
	victim := nameID.FindStringSubmatch(good.step.Sent.XML)
	if victim == nil || !shows(good.step, victim[1]) || !shows(l.step, victim[1]) || shows(s.step, victim[1]) {
		return samlcheck.Undecided("%s", l.leaning()).At(l.ref)
	}
	return samlcheck.Violated("signed in, and the pages name the forged person, for whom nobody signed; those of the person who was signed for do not when he signs in himself: %s",
		l.Because).At(l.ref, s.ref)
}

var nameID = regexp.MustCompile(`NameID(?: [^>]*)?>([^<]+)<`)

// shows says whether a page that was looked at after the login holds the text.
func shows(s transcript.Step, text string) bool {
	for _, v := range s.Visits {
		for _, b := range v.Rest().Blocks {
			if strings.Contains(b, text) {
				return true
			}
		}
	}
	return false
}
