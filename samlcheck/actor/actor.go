// Package actor plays one step of a trial with a browser, a mock identity
// provider and the user's target file.
//
// It decides nothing. It says in a step what was done and seen; whether that
// means "signed in" is the oracle's business. What goes wrong on the harness's
// own side becomes the step's Fault, never a refusal by the service provider.
package actor

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Stage is what all trials of one face's run share. Make its actors with New.
type Stage struct {
	Target   *target.Target
	IdP      *idp.IdP
	SP       idp.SP
	People   map[trial.Person]idp.Person
	Browser  func(http.RoundTripper) browser.Browser // a new profile over the given transport
	Base     http.RoundTripper                       // reaches the service provider
	Members  Directory                               // nil: nobody can see who has an account
	CallBack bool                                    // the service provider may be offered an address on this machine, to see whether it follows it
	Pause    time.Duration                           // between two requests of the surface probe
	Watch    Watching                                // how long sessions are watched
	Hand     *Hand                                   // a person at his own browser plays instead; nil: Browser does

	mu       sync.Mutex
	home     string   // where the known member's first login came to rest
	landings []string // every place where a login came to rest, in order
	listed   bool     // the members view shows the known member
}

// New returns the actor of one trial.
func (s *Stage) New(trial.Trial) engine.Actor {
	p := &player{stage: s, sent: map[string]idp.Exchange{}, where: map[string]settled{}}
	if s.Hand != nil {
		return &person{player: p}
	}
	return p
}

// player plays one trial.
type player struct {
	stage   *Stage
	at      *desk
	browser browser.Browser
	sent    map[string]idp.Exchange // by step name, for posting a response again

	seats     []seat             // every browser of the trial
	here      int                // the seat that is in use
	where     map[string]settled // by step name, who signed in and in which of them
	directory *idp.Directory     // who was revoked in this trial; nil for nobody
}

var _ engine.Actor = (*player)(nil)

// Close ends the trial's browsers.
func (p *player) Close() error {
	var errs []error
	for _, s := range p.seats {
		errs = append(errs, s.browser.Close())
	}
	return errors.Join(errs...)
}

// Perform implements engine.Actor.
func (p *player) Perform(ctx context.Context, t trial.Trial, s trial.Step) transcript.Step {
	if p.browser == nil || s.Fresh {
		p.open()
	}
	switch do := s.Do.(type) {
	case trial.Login:
		return p.login(ctx, t, s.Name, do)
	case trial.Resend:
		return p.resend(ctx, do)
	case trial.AtOnce:
		return p.twice(ctx, do)
	case trial.Look:
		return p.look(ctx, do)
	case trial.Revisit:
		return p.again(ctx, do)
	case trial.Watch:
		return p.watch(ctx, do)
	case trial.Doors:
		return p.doors(ctx)
	case trial.Logout:
		return p.logout(ctx, do)
	}
	return p.beside(ctx, s)
}

// beside plays what needs no browser: the two directories, and the surface probe.
func (p *player) beside(ctx context.Context, s trial.Step) transcript.Step {
	switch do := s.Do.(type) {
	case trial.Members:
		return p.stage.members(ctx)
	case trial.Invite:
		return p.stage.invite(ctx, do)
	case trial.Disable:
		return p.stage.administer(ctx, do.Who, Directory.Disable)
	case trial.Remove:
		return p.stage.administer(ctx, do.Who, Directory.Remove)
	case trial.Surface:
		return p.stage.surface(ctx)
	case trial.Revoke:
		return p.revoke(do)
	case trial.Restore:
		return p.restore(do)
	}
	return transcript.Step{Fault: fmt.Sprintf("actor: no way to %v", s.Do)}
}

func (p *player) login(ctx context.Context, t trial.Trial, name string, do trial.Login) transcript.Step {
	who, ok := p.stage.People[do.As]
	step := transcript.Step{Person: string(do.As)}
	if !ok {
		step.Fault = fmt.Sprintf("actor: the target file names no %s person", do.As)
		return step
	}
	p.settle(name, do.As)
	ear, err := p.stage.listen(do.Forge)
	if err != nil {
		step.Fault = err.Error()
		return step
	}
	reply := p.reply(who, do)
	reply.CallBack = ear.at()
	play := brought(p.stage.IdP.Play(reply, p.stage.Base), do)
	p.at.sit(play)
	hops, err := p.browser.Visit(ctx, p.stage.start(do.From, p.stage.IdP.Launch(), who))
	p.at.leave()
	step.Called = ear.shut()
	step.Login = hops
	p.record(&step, name, play.Exchanges())
	if err != nil {
		step.Fault = "actor: " + err.Error()
		return step
	}
	p.stage.arrive(t, step.Rest())
	if step.Fault == "" {
		step.Visits, step.Fault = p.revisit(ctx, step.Rest(), nil)
		p.stage.prove(step.Visits, who)
	}
	return step
}

// reply is how the IdP answers the step's login.
func (p *player) reply(who idp.Person, do trial.Login) idp.Reply {
	reply := idp.Reply{
		Person: who, SP: p.stage.SP, NameIDFormat: p.stage.Target.People.NameIDFormat,
		Rich: do.Give == trial.Rich && !p.stage.Target.People.Attributes.Plain,
		Deny: do.Deny, Forge: do.Forge, Signing: idp.SignedAs(do.Options),
	}
	if do.Give == trial.Plain {
		reply.Person.Attributes, reply.Person.Only = nil, false
	}
	if do.Carry != "" {
		victim := p.stage.People[do.Carry]
		reply.Carry = &victim
	}
	if p.directory != nil {
		if _, told := p.directory.Find(who.Key()); told {
			reply.Directory = p.directory
		}
	}
	return reply
}

// record writes down the IdP's half of the exchange. An IdP that was asked for
// a response and could not make one is a fault of the harness.
func (p *player) record(step *transcript.Step, name string, ex []idp.Exchange) {
	for _, e := range ex {
		if e.Request != nil {
			step.Request = e.Request
		}
		if e.Sent != nil {
			step.Sent = e.Sent
			p.sent[name] = e
		}
		if e.Refusal != "" {
			step.Refusal = e.Refusal
		}
		if e.Fault != "" {
			step.Fault = e.Fault
		}
	}
}

// resend posts the response of an earlier step once more, as somebody would
// who has copied it.
func (p *player) resend(ctx context.Context, do trial.Resend) transcript.Step {
	e, ok := p.sent[do.Of]
	if !ok {
		return transcript.Step{Fault: fmt.Sprintf("actor: step %q sent no response that could be posted again", do.Of)}
	}
	form := url.Values{}
	for k, v := range e.Form {
		form.Set(k, v)
	}
	step := transcript.Step{Sent: e.Sent}
	hops, err := p.browser.Visit(ctx, browser.Request{URL: e.Sent.URL, Form: form, Origin: p.stage.IdP.Launch()})
	step.Login = hops
	if err != nil {
		step.Fault = "actor: " + err.Error()
		return step
	}
	step.Visits, step.Fault = p.revisit(ctx, step.Rest(), nil)
	return step
}

func (p *player) look(ctx context.Context, do trial.Look) transcript.Step {
	var more []string
	if do.Everywhere {
		more = p.stage.everywhere()
	}
	var step transcript.Step
	step.Visits, step.Fault = p.revisit(ctx, transcript.Hop{}, more)
	p.stage.prove(step.Visits, idp.Person{})
	return step
}

// start is where a person's login begins.
func (s *Stage) start(from trial.Start, launch string, who idp.Person) browser.Request {
	l := s.Target.SP.Login
	if from == trial.IdPInitiated || l == nil {
		return browser.Request{URL: launch, Screen: true}
	}
	l = l.For(func(text string) string {
		return strings.ReplaceAll(Expand(text, who), "{{idp}}", s.IdP.EntityID())
	})
	r := browser.Request{URL: l.URL, Method: l.Method, Follow: s.IdP.SSO(), Fill: l.Fill, Screen: true}
	body(&r, l)
	return r
}

// body is what a request brings, where the target says so.
func body(r *browser.Request, l *target.Start) {
	switch {
	case len(l.Form) > 0:
		r.Form = url.Values{}
		for k, v := range l.Form {
			r.Form.Set(k, v)
		}
	case l.JSON != nil:
		r.JSON = l.JSONBody()
	}
}

// arrive remembers where a login came to rest at the service provider. The
// known member's first landing page becomes home, which everybody visits.
func (s *Stage) arrive(t trial.Trial, rest transcript.Hop) {
	if rest.AtIdP || rest.URL == "" || rest.Status == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	at := browser.WithoutTokens(rest.URL)
	if s.home == "" && t.Part == trial.KnownIn {
		s.home = at
	}
	if !slices.Contains(s.landings, at) {
		s.landings = append(s.landings, at)
	}
}

func (s *Stage) everywhere() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.landings)
}

// root is the origin of a URL.
func root(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return ""
	}
	return strings.ToLower(u.Scheme) + "://" + u.Host + "/"
}
