package expect

import (
	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Refused judges trial.Against: it holds when the spoilt login of the known
// member left nobody signed in. The engine has already seen the good login
// accepted before it and after it.
func Refused(c *samlcheck.Case) samlcheck.Verdict {
	l, why := spoilt(c, "spoilt")
	if why != "" {
		return samlcheck.Undecided("%s", why).At(l.refs()...)
	}
	return refusal(c, l, "the spoilt response")
}

// RefusedLike is Refused for a message of a shape that not every service
// provider takes: shape names the trial in which a good one of that shape was sent.
func RefusedLike(shape string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		if v, bad := shapeRefused(c, shape); bad {
			return v
		}
		return Refused(c)
	}
}

// RefusedAgain judges the last step of the named trial, which posts a good
// response once more. The step before it must have been let in: nothing is
// said by the refusal of a response that was never good.
func RefusedAgain(name, first string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		l, why := read(c, name)
		if why != "" {
			return samlcheck.Undecided("%s", why).At(l.refs()...)
		}
		good, ok := l.run.Step(first)
		if !ok {
			return samlcheck.Undecided("step %q was not performed", first).At(l.ref)
		}
		switch at := c.Model.Land(good); {
		case at.Where == transcript.Out && at.Weak == "":
			return samlcheck.NotApplicable("not applicable: such a response is refused the first time already: %s", at.Because).At(l.ref)
		case at.Where != transcript.In || at.Weak != "":
			return samlcheck.Undecided("the response was not accepted the first time: %s", at.Because).At(l.ref)
		}
		return refusal(c, l, "the response, posted again,")
	}
}

// refusal weighs where a login landed that should have been refused.
func refusal(c *samlcheck.Case, l login, what string) samlcheck.Verdict {
	if l.Weak != "" {
		return samlcheck.Undecided("%s", l.leaning()).At(l.ref)
	}
	switch l.Where {
	case transcript.Out:
		return samlcheck.Holds("%s was refused%s: %s", what, l.broke(), l.Because).At(l.ref)
	case transcript.In:
		return samlcheck.Violated("%s was accepted, %s: %s", what, l.whom(), l.Because).At(l.ref)
	case transcript.Form, transcript.Session, transcript.Accepted:
		if good, why := read(c, trial.Clean().Name); why == "" && good.Weak == "" && good.Where == l.Where {
			return samlcheck.Violated("%s was accepted like a good one (%s): %s", what, l.Where, l.Because).At(l.ref)
		}
		return samlcheck.Undecided("%s landed %q, neither like a good login nor like nobody's: %s", what, l.Where, l.Because).At(l.ref)
	case transcript.Mixed, transcript.Unreadable:
	}
	return samlcheck.Undecided("after %s the pages are %s%s: %s", what, l.Where, l.broke(), l.Because).At(l.ref)
}

// refs is the login's evidence, if there is any.
func (l login) refs() []transcript.Ref {
	if l.ref.In == "" {
		return nil
	}
	return []transcript.Ref{l.ref}
}

// Accepted judges a good login of the known member that is out of the
// ordinary: it holds when it lands like the ordinary one.
func Accepted(name string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		l, why := read(c, name)
		if why != "" {
			return samlcheck.Undecided("%s", why).At(l.refs()...)
		}
		if l.Weak != "" {
			return samlcheck.Undecided("%s", l.leaning()).At(l.ref)
		}
		switch l.Where {
		case transcript.In:
			return samlcheck.Holds("accepted: %s", l.Because).At(l.ref)
		case transcript.Out:
			return samlcheck.Violated("refused%s: %s", l.broke(), l.Because).At(l.ref)
		case transcript.Form, transcript.Session, transcript.Accepted, transcript.Mixed, transcript.Unreadable:
		}
		return samlcheck.Undecided("it landed %q: %s", l.Where, l.Because).At(l.ref)
	}
}

// AcceptedLike is Accepted for a message of a shape that not every service
// provider takes: shape names the trial in which an ordinary one of that shape
// was sent.
func AcceptedLike(shape, name string) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		if v, bad := shapeRefused(c, shape); bad {
			return v
		}
		return Accepted(name)(c)
	}
}
