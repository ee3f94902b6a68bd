package engine

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// ErrUnreachable says that the service provider could not be reached at all.
var ErrUnreachable = errors.New("engine: the service provider cannot be reached")

// silent is how many trials in a row may end in a transport error before the
// run stops: an SP that is gone answers no further question.
const silent = 3

// longestWait bounds what a Retry-After header may ask of us.
const longestWait = 2 * time.Minute

// Stage is what Perform needs of the world.
type Stage struct {
	Face   string
	Number int                                              // added to the number of each performance; 0 but for a second plan
	Actor  func(trial.Trial) Actor                          // a new one for every trial
	Emit   func(transcript.Run) error                       // keeps a run; an error stops the work
	Now    func() time.Time                                 // nil is time.Now
	Wait   func(ctx context.Context, d time.Duration) error // nil waits on a timer
	From   int                                              // how many entries of the order an earlier call has done
	Told   func(done, of int, t trial.Trial)                // progress; may be nil
	// Parallel is how many questions may be asked at once; 0 and 1 are one after
	// the other. For a service provider of one's own: verdicts do not depend on it.
	Parallel int
	Seen     func() transcript.Record // what was seen so far, as a judge will read it; nil performs every trial
}

// Perform does the work in order, one trial at a time. What was seen is emitted
// as soon as a trial is over, so that nothing is lost when the next one fails.
// It returns why it stopped early: the context's error, ErrUnreachable, or
// Emit's error; nil when all was done.
func Perform(ctx context.Context, p *Plan, st Stage) error {
	if st.Now == nil {
		st.Now = time.Now
	}
	if st.Wait == nil {
		st.Wait = Wait
	}
	order := p.Order()
	var err error
	quiet, open, done := 0, false, map[int]transcript.Run{}
	shapes := shapes{seen: st.Seen, refused: map[string]bool{}}
	for seq, perf := range order {
		if err = ctx.Err(); err != nil {
			return err
		}
		if st.Told != nil {
			st.Told(seq, len(order), perf.Trial)
		}
		if shapes.pointless(p, perf.Trial) || perf.Again > 0 && !open {
			continue
		}
		switch { // repeating controls says nothing where no question was asked since
		case perf.Again > 0 && !moreRepeats(order, seq):
			open = false
		case perf.Trial.Role == trial.Probe:
			open = true
		}
		if seq < st.From {
			continue
		}
		run, ok := done[seq]
		if !ok {
			done = together(ctx, p, st, order, seq, shapes)
			run = done[seq]
		}
		if quiet, err = keep(ctx, st, run, quiet); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// keep emits a run and waits as long as the service provider asked. quiet is how
// many runs in a row had no answer.
func keep(ctx context.Context, st Stage, run transcript.Run, quiet int) (int, error) {
	if err := st.Emit(run); err != nil {
		return quiet, err
	}
	why, gone := noAnswer(run)
	switch {
	case !gone:
		quiet = 0
	case quiet+1 == silent:
		return quiet, fmt.Errorf("%w: %s", ErrUnreachable, why)
	default:
		quiet++
	}
	if d := asked(run, st.Now()); d > 0 {
		return quiet, st.Wait(ctx, d)
	}
	return quiet, nil
}

func perform(ctx context.Context, st Stage, seq int, perf Performance) transcript.Run {
	t := perf.Trial
	run := transcript.Run{
		ID: perf.id(st.Face, seq), Seq: seq, Trial: t.Name, Key: t.Key(), Part: string(t.Part),
		Again: perf.Again, Began: st.Now().UTC(),
	}
	a := st.Actor(t)
	defer a.Close()
	for _, s := range t.Steps {
		began := st.Now()
		done := a.Perform(ctx, t, s)
		done.Name, done.Do = s.Name, s.Do.String()
		done.Began, done.Took = began.UTC(), st.Now().Sub(began).Milliseconds()
		run.Steps = append(run.Steps, done)
		if done.Fault != "" {
			break
		}
	}
	return run
}

// noAnswer says whether the service provider never answered in this run. A run
// without any page (a members view) says nothing either way and counts as answered.
func noAnswer(r transcript.Run) (why string, gone bool) {
	for _, s := range r.Steps {
		hops := append(s.Login[:len(s.Login):len(s.Login)], s.Surface...)
		for _, v := range s.Visits {
			hops = append(hops[:len(hops):len(hops)], v.Hops...)
		}
		for _, h := range hops {
			if h.AtIdP {
				continue
			}
			if h.Status != 0 {
				return "", false
			}
			if h.Error != "" {
				why, gone = h.Error, true
			}
		}
	}
	return why, gone
}

// asked is how long the service provider's last word asks us to wait.
func asked(r transcript.Run, now time.Time) time.Duration {
	var d time.Duration
	for _, s := range r.Steps {
		for _, v := range append([]transcript.Visit{{Hops: s.Login}, {Hops: s.Surface}}, s.Visits...) {
			for _, h := range v.Hops {
				if h.Status == http.StatusTooManyRequests || h.Status == http.StatusServiceUnavailable {
					d = max(d, retryAfter(h.RetryAfter, now))
				}
			}
		}
	}
	return min(d, longestWait)
}

// retryAfter reads the header's two forms (RFC 9110, 10.2.3): seconds or a date.
func retryAfter(v string, now time.Time) time.Duration {
	v = strings.TrimSpace(v)
	if n, err := strconv.Atoi(v); err == nil && n > 0 && n < 1<<20 {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(v); err == nil {
		return at.Sub(now)
	}
	return 0
}
