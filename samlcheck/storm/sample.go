package storm

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Samples are the logins that were looked at in full, as the oracle landed them.
type Samples struct {
	Taken    int       `json:"taken"`
	In       int       `json:"in"`
	Out      int       `json:"out"`
	Weak     int       `json:"weak"`        // of all, those not to be relied on
	Other    int       `json:"other"`       // neither in nor out: a form, a session without access, unreadable, mixed
	Passed   int       `json:"passed_over"` // due, but as many as may be were under way
	Landings []Sampled `json:"landings"`
}

// Sampled is one landing, with the words of the first sample that landed so.
type Sampled struct {
	Landing transcript.Landing `json:"landing"`
	Weak    bool               `json:"weak,omitempty"`
	Count   int                `json:"count"`
	Because string             `json:"because"`
}

// samples makes the logins that are looked at in full. They have slots of their
// own: the pages that each visits afterwards must not keep a worker from its
// next login.
type samples struct {
	o     *Options
	c     *controls
	slots chan struct{}
	under sync.WaitGroup

	mu       sync.Mutex // redacting and counting
	passed   int
	landings []Sampled
}

// watchKey is where a login's stopwatch stands in its context.
type watchKey struct{}

// stopwatch says when a login came to rest, before the pages that are looked at
// afterwards, and hands it over then.
type stopwatch struct {
	once sync.Once
	over func(at time.Time, hops []transcript.Hop, err error)
}

func (w *stopwatch) stop(at time.Time, hops []transcript.Hop, err error) {
	w.once.Do(func() { w.over(at, hops, err) })
}

func newSamples(o *Options, c *controls) *samples {
	const share = 4
	s := &samples{o: o, c: c, slots: make(chan struct{}, max(2, o.Workers/share))}
	return s
}

// enrol makes the people of the sampled logins: the stage's are read by many once
// it begins, and the oracle has to know their names.
func enrol(o *Options) {
	if !o.Fresh {
		return
	}
	var refs []trial.Person
	for n := o.Sample / 2; n < o.Logins; n += o.Sample {
		refs = append(refs, newcomer(n))
	}
	maps.Copy(o.Stage.People, actor.People(o.Stage.Target, o.RunID, refs))
}

// take makes the login in a goroutine of its own; false where no slot is free.
func (s *samples) take(ctx context.Context, st *storm, n int, intended time.Time) bool {
	select {
	case s.slots <- struct{}{}:
	default:
		s.mu.Lock()
		s.passed++
		s.mu.Unlock()
		return false
	}
	began := s.o.Now()
	st.rec.begin(n, began.Sub(st.begin))
	s.under.Go(func() {
		defer func() { <-s.slots }()
		s.make(ctx, st, outcome{n: n, intended: intended, began: began})
	})
	return true
}

func (s *samples) wait() { s.under.Wait() }

func (s *samples) make(ctx context.Context, st *storm, out outcome) {
	ref, part := trial.Known, trial.Question
	if s.o.Fresh {
		ref, part = newcomer(out.n), trial.Newcomer
	}
	t := trial.Trial{Name: "storm", Part: part, Steps: []trial.Step{{Name: "login", Do: trial.Login{As: ref}}}}
	w := &stopwatch{over: func(at time.Time, hops []transcript.Hop, err error) {
		out.ended = at
		s.read(&out, hops, err)
		if ctx.Err() != nil {
			out.kind = interrupted
		}
		st.over(out)
	}}
	a := s.o.Stage.New(t)
	defer a.Close()
	step := a.Perform(context.WithValue(ctx, watchKey{}, w), t, t.Steps[0])
	step.Name, step.Do = t.Steps[0].Name, t.Steps[0].Do.String()
	w.stop(s.o.Now(), nil, nil) // it never got as far as a visit
	if ctx.Err() == nil {
		s.land(transcript.Run{ID: s.o.Face + "/storm", Trial: t.Name, Part: string(part), Steps: []transcript.Step{step}})
	}
}

// read is what the light login would have found.
func (s *samples) read(out *outcome, hops []transcript.Hop, err error) {
	if err != nil || len(hops) == 0 {
		out.kind, out.detail = Harness, "the sampled login could not be made"
		return
	}
	for _, h := range hops {
		if words := asks(h.Status, h.RetryAfter); words != "" && !h.AtIdP {
			out.asked = words
		}
	}
	rest := hops[len(hops)-1]
	out.place = placeOf(hops)
	switch k := kindOfHop(rest); {
	case rest.AtIdP:
		out.kind, out.detail, out.place = IdPRefused, "the login came to rest at the identity provider", Place{}
	case rest.Error != "":
		out.kind, out.detail, out.place = k, rest.Error, Place{}
	case out.place.Answer == 0:
		out.kind, out.detail = NoRequest, "no response was asked for: the login came to rest at "+out.place.String()
	default:
		out.like, out.kind = s.c.places.judge(out.place, rest.Size > 0)
		if out.kind != "" {
			out.detail = out.place.String()
		}
	}
}

// land asks the oracle, and keeps its words.
func (s *samples) land(r transcript.Run) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.c.model.Land(s.o.Redact.Run(r).Last())
	weak := l.Weak != ""
	i := slices.IndexFunc(s.landings, func(o Sampled) bool { return o.Landing == l.Where && o.Weak == weak })
	if i < 0 {
		words := l.Because
		if weak {
			words += " (weak: " + l.Weak + ")"
		}
		i, s.landings = len(s.landings), append(s.landings, Sampled{Landing: l.Where, Weak: weak, Because: words})
	}
	s.landings[i].Count++
}

func (s *samples) account() Samples {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := Samples{Passed: s.passed, Landings: slices.Clone(s.landings)}
	if out.Landings == nil {
		out.Landings = []Sampled{}
	}
	slices.SortStableFunc(out.Landings, func(a, b Sampled) int { return cmp.Compare(b.Count, a.Count) })
	for _, l := range out.Landings {
		out.Taken += l.Count
		switch {
		case l.Weak:
			out.Weak += l.Count
		case l.Landing == transcript.In:
			out.In += l.Count
		case l.Landing == transcript.Out:
			out.Out += l.Count
		default:
			out.Other += l.Count
		}
	}
	return out
}
