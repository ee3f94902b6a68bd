// Package measure asks for numbers where they say more than a verdict: how far
// may the clocks differ, how large may a response be?
//
// A measurement climbs a ladder. Each rung is a login of the known member that is
// a little more unusual than the one before; the first that is refused ends the
// climb, and nothing above it is sent. The answer is a pair: the last rung that
// was taken and the first that was not. The controls stand on both sides, so a
// service that locks up half-way gives no number.
//
// It refuses to call a number good or bad, but where a rule names a bound.
package measure

import (
	"fmt"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/expect"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Checks is every check of this package, in report order.
var Checks = []samlcheck.Check{
	clockEarly,
	clockLate,
	clockLoose,
	responseSize,
	valueLength,
}

// rung is one step of a ladder.
type rung struct {
	name string // what it is, in words: "90 s"
	do   trial.Login
}

// climb makes the trials of a ladder.
func climb(what string, ladder []rung) []trial.Trial {
	ts := trial.With()
	below := ""
	for _, r := range ladder {
		r.do.As = trial.Known
		name := what + " " + r.name
		ts = append(ts, trial.Trial{Name: name, Part: trial.Question, Only: below, Steps: []trial.Step{{Name: "login", Do: r.do}}})
		below = name
	}
	return ts
}

// reach is how far a climb came.
type reach struct {
	taken   int // index of the last rung that was taken; -1 for none
	refused int // of the first that was not; -1 where none was refused
	odd     *samlcheck.Verdict
	at      []transcript.Ref
}

// climbed reads the rungs from below.
func climbed(c *samlcheck.Case, what string, ladder []rung) reach {
	out := reach{taken: -1, refused: -1}
	for i, r := range ladder {
		name := what + " " + r.name
		run, ok := c.Runs[name]
		if !ok {
			return out
		}
		v := expect.Accepted(name)(c)
		switch v.Outcome(samlcheck.Must) {
		case samlcheck.Pass:
			out.taken = i
		case samlcheck.Fail:
			out.refused = i
			out.at = append(out.at, transcript.Ref{In: run.ID + "#" + run.Last().Name, Excerpt: run.Last().Do})
			return out
		default:
			out.odd = &v
			return out
		}
		out.at = append(out.at[:0], transcript.Ref{In: run.ID + "#" + run.Last().Name, Excerpt: run.Last().Do})
	}
	return out
}

// number says the pair in words; the verdict is that of a fact.
func number(c *samlcheck.Case, what, sentence string, ladder []rung) samlcheck.Verdict {
	r := climbed(c, what, ladder)
	switch {
	case r.odd != nil:
		return *r.odd
	case r.refused == 0:
		return samlcheck.Violated(sentence+": less than %s", ladder[0].name).At(r.at...)
	case r.refused > 0:
		return samlcheck.Holds(sentence+": %s, and not %s", ladder[r.taken].name, ladder[r.refused].name).At(r.at...)
	case r.taken == len(ladder)-1:
		return samlcheck.Holds(sentence+": %s and more (no more was tried)", ladder[r.taken].name).At(r.at...)
	}
	return samlcheck.Undecided("the climb was not finished")
}

// skews are the rungs of a clock.
func skews() []time.Duration {
	var out []time.Duration
	for _, s := range []int{1, 15, 30, 45, 60, 90, 120, 150, 180, 240, 300, 420, 600, 900, 3600, 86400} {
		out = append(out, time.Duration(s)*time.Second)
	}
	return out
}

// size in words.
func kilobytes(n int) string { return fmt.Sprintf("%d KB", n) }
