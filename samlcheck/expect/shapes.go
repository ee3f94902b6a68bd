package expect

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Service providers differ in what they want signed. A forgery is refused for
// the wrong reason where even a good message of its shape is: so every forgery
// goes out in each shape that this service provider takes, and in no other.

// AnyShape is every way in which a response can be signed.
const AnyShape = "response assertion both"

// InShapes makes the trials of one forged login, in each of the shapes
// ("response", "assertion", "both", with spaces between): the known member's
// good login of that shape, and every variant of the forgery in it. A variant
// is what is done to one message. The judges of this file know the names.
func InShapes(shapes string, login trial.Login, variants ...[]forge.Mutation) []trial.Trial {
	var out []trial.Trial
	for _, signed := range strings.Fields(shapes) {
		shape := Shape(signed)
		out = append(out, shape)
		for n, v := range variants {
			do := login
			do.Options, do.Forge = signed, v
			out = append(out, attempt(fmt.Sprintf("spoilt-%s-%d", signed, n+1), shape.Name, do))
		}
	}
	return out
}

// attempt is one forged login, where a good one of its shape is taken.
func attempt(name, shape string, do trial.Login) trial.Trial {
	return trial.Trial{
		Name: name, Part: trial.Question, Only: shape,
		Steps: []trial.Step{{Name: "login", Do: do}},
	}
}

// Changed is the shape's good login with one character of signed content
// changed: whether signatures of this shape are verified at all.
func Changed(signed string) trial.Trial {
	t := attempt("changed-"+signed, Shape(signed).Name, trial.Login{
		As: trial.Known, Options: signed, Forge: []forge.Mutation{forge.Tampered()},
	})
	t.Role = trial.Control
	return t
}

// Attempts judges every forged message of the check by itself and answers for
// all of them: one way in is a way in.
func Attempts(weigh func(c *samlcheck.Case, name string) samlcheck.Verdict) func(*samlcheck.Case) samlcheck.Verdict {
	return func(c *samlcheck.Case) samlcheck.Verdict {
		var t tally
		for _, name := range slices.Sorted(maps.Keys(c.Runs)) {
			shape, isShape := strings.CutPrefix(name, "signed-")
			if !isShape {
				continue
			}
			if v, bad := shapeRefused(c, name); bad {
				t.refused(shape, v)
				continue
			}
			sent := 0
			for _, run := range slices.Sorted(maps.Keys(c.Runs)) {
				if strings.HasPrefix(run, "spoilt-"+shape+"-") {
					sent++
					t.add(shape, weigh(c, run))
				}
			}
			if sent == 0 {
				t.add(shape, samlcheck.Undecided("nothing was sent signed as %q", shape))
			}
		}
		return t.verdict()
	}
}

// tally is what came of several messages.
type tally struct {
	worst, undecided, closed *samlcheck.Verdict
	held                     []samlcheck.Verdict
	sent                     []string // shapes
}

func (t *tally) add(shape string, v samlcheck.Verdict) {
	if !slices.Contains(t.sent, shape) {
		t.sent = append(t.sent, shape)
	}
	switch v.Outcome(samlcheck.Must) {
	case samlcheck.Fail:
		if t.worst == nil {
			t.worst = &v
		}
	case samlcheck.Pass:
		t.held = append(t.held, v)
	case samlcheck.Skipped:
		t.closed = &v
	default:
		if t.undecided == nil {
			t.undecided = &v
		}
	}
}

func (t *tally) refused(shape string, v samlcheck.Verdict) {
	if v.Outcome(samlcheck.Must) == samlcheck.Skipped {
		t.closed = &v
		return
	}
	t.add(shape, v)
}

// verdict says what was sent, and never that nothing else would get in.
func (t *tally) verdict() samlcheck.Verdict {
	shapes := "sent signed as: " + strings.Join(t.sent, ", ")
	switch {
	case t.worst != nil:
		return *t.worst
	case t.undecided != nil:
		return *t.undecided
	case len(t.held) == 1:
		v := t.held[0]
		v.Because += " (" + shapes + ")"
		return v
	case len(t.held) > 1:
		v := samlcheck.Holds("none of %d messages got anybody in who should not be (%s); the first: %s", len(t.held), shapes, t.held[0].Because)
		for _, h := range t.held {
			v = v.At(h.Evidence...)
		}
		return v
	case t.closed != nil:
		return *t.closed
	}
	return samlcheck.Undecided("no forged message was sent")
}

// NoWayIn judges logins in which one person is signed for and another is named
// beside it, see RefusedOrSigner.
var NoWayIn = Attempts(func(c *samlcheck.Case, name string) samlcheck.Verdict {
	v := refusedOrSigner(c, name)
	if v.Outcome(samlcheck.Must) == samlcheck.Fail {
		return unlessUnverified(c, name, v)
	}
	return v
})

// RefusedInShapes judges logins that should have left nobody signed in.
var RefusedInShapes = Attempts(func(c *samlcheck.Case, name string) samlcheck.Verdict {
	l, why := spoilt(c, name)
	if why != "" {
		return samlcheck.Undecided("%s", why).At(l.refs()...)
	}
	v := refusal(c, l, "the response ("+strings.Join(l.step.Sent.Changed, ", ")+")")
	switch {
	case v.Outcome(samlcheck.Must) != samlcheck.Fail:
		return v
	case otherSuffices(c, name):
		return samlcheck.Holds("taken for its other signature, which is good (%s)", strings.Join(l.step.Sent.Changed, ", ")).At(l.refs()...)
	}
	return unlessUnverified(c, name, v)
})

// otherSuffices says whether a message with two signatures, one of them forged,
// may have been taken for the other one: where one signature is enough and what
// is signed must not be changed, only a message that has no other signature
// shows that the forged one is believed. It is sent as well.
func otherSuffices(c *samlcheck.Case, name string) bool {
	if !strings.HasPrefix(name, "spoilt-both-") {
		return false
	}
	changed, why := spoilt(c, "changed-both")
	if why != "" || changed.Where != transcript.Out || changed.Weak != "" {
		return false
	}
	return slices.ContainsFunc([]string{"response", "assertion"}, func(one string) bool {
		_, refused := shapeRefused(c, Shape(one).Name)
		_, sent := c.Runs[Shape(one).Name]
		return sent && !refused
	})
}

// unlessUnverified keeps a finding from standing for another: where a response
// of this shape is taken though a character of it was changed after signing,
// signatures are not verified, and signature/content-changed has said so. It
// answers for the checks that brought the control Changed.
func unlessUnverified(c *samlcheck.Case, name string, v samlcheck.Verdict) samlcheck.Verdict {
	shape := strings.Split(name, "-")[1]
	l, why := spoilt(c, "changed-"+shape)
	if why == "" && l.Weak == "" && l.Where == transcript.In {
		return samlcheck.NotApplicable("not applicable: signatures of this shape are not verified at all, see signature/content-changed").At(l.ref)
	}
	return v
}

// NoCall judges messages that hold an address of the harness: a service
// provider must not follow it.
var NoCall = Attempts(func(c *samlcheck.Case, name string) samlcheck.Verdict {
	l, why := spoilt(c, name)
	switch {
	case why != "":
		return samlcheck.Undecided("%s", why).At(l.refs()...)
	case l.step.Called > 0:
		return samlcheck.Violated("an address that stood in the message was fetched (%s)", strings.Join(l.step.Sent.Changed, ", ")).At(l.ref)
	}
	return samlcheck.Holds("the address in the message was not fetched%s", l.broke()).At(l.ref)
})

// Unharmed judges messages that a service provider may take or refuse, and must
// not break on.
var Unharmed = Attempts(func(c *samlcheck.Case, name string) samlcheck.Verdict {
	l, why := spoilt(c, name)
	switch {
	case why != "":
		return samlcheck.Undecided("%s", why).At(l.refs()...)
	case l.Crashed:
		return samlcheck.Violated("the service provider broke on it (%s)%s", strings.Join(l.step.Sent.Changed, ", "), l.broke()).At(l.ref)
	}
	return samlcheck.Holds("it was answered (%s): %s", l.Where, l.Because).At(l.ref)
})
