package actor

import (
	"context"
	"net/http"
	"slices"
	"sync"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// twice signs one person in from two browsers at the same moment. The step holds
// the first browser's login, and beside it the second's.
func (p *player) twice(ctx context.Context, do trial.AtOnce) transcript.Step {
	step := transcript.Step{Person: string(do.As)}
	who, ok := p.stage.People[do.As]
	if !ok {
		step.Fault = "actor: the target file names no " + string(do.As) + " person"
		return step
	}
	var both sync.WaitGroup
	start := &starter{acs: p.stage.SP.ACS, ready: make(chan struct{})}
	reply := idp.Reply{
		Person: who, SP: p.stage.SP, NameIDFormat: p.stage.Target.People.NameIDFormat,
		Rich: !p.stage.Target.People.Attributes.Plain,
	}
	sides := [2]side{}
	for i := range sides {
		both.Go(func() { sides[i] = p.stage.oneOfTwo(ctx, reply, start) })
	}
	both.Wait()
	first, second := sides[0], sides[1]
	step.Login, step.Beside = first.hops, second.hops
	p.record(&step, "", first.exchanges)
	for _, s := range sides {
		if s.err != nil && step.Fault == "" {
			step.Fault = "actor: " + s.err.Error()
		}
	}
	return step
}

// side is one of the two logins.
type side struct {
	hops      []transcript.Hop
	exchanges []idp.Exchange
	err       error
}

func (s *Stage) oneOfTwo(ctx context.Context, r idp.Reply, start *starter) side {
	defer start.leave() // who never delivers a response holds nobody up
	at := &desk{base: s.Base, hosts: s.IdP.Hosts(), entity: s.IdP.EntityID()}
	b := s.Browser(at)
	play := s.IdP.Play(r, start.over(s.Base))
	at.sit(play)
	hops, err := b.Visit(ctx, s.start(trial.AsTarget, s.IdP.Launch(), r.Person))
	at.leave()
	if cerr := b.Close(); err == nil {
		err = cerr
	}
	return side{hops, play.Exchanges(), err}
}

// starter holds the first of two responses until the second is ready, too, or
// will never be.
type starter struct {
	acs   []string
	ready chan struct{}

	mu      sync.Mutex
	arrived int
}

// over is the way to the service provider, past the starter.
func (s *starter) over(base http.RoundTripper) http.RoundTripper {
	return trip(func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPost && slices.Contains(s.acs, r.URL.String()) {
			s.leave()
			select {
			case <-s.ready:
			case <-r.Context().Done():
				return nil, r.Context().Err()
			}
		}
		return base.RoundTrip(r)
	})
}

// leave counts one side as ready. It may be called more than twice.
func (s *starter) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.arrived++; s.arrived == 2 {
		close(s.ready)
	}
}

type trip func(*http.Request) (*http.Response, error)

func (t trip) RoundTrip(r *http.Request) (*http.Response, error) { return t(r) }
