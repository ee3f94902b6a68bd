package actor

import (
	"context"
	"fmt"
	"strings"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/browser/manual"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Hand is a person at his own browser: the page that guides him, and the desk
// at which his browser finds the identity provider.
type Hand struct {
	Guide  *manual.Guide
	Desk   *manual.Desk
	Handed func() // told whenever a response has been handed out; may be nil
	Begun  int    // how often the first step to come was begun before, with a response handed out
}

// person plays one trial by asking a person to. His answers are observations,
// marked as a person's word; the IdP's half of each exchange is seen as ever.
type person struct {
	*player
	window string
}

// Perform implements engine.Actor.
func (p *person) Perform(ctx context.Context, t trial.Trial, s trial.Step) transcript.Step {
	first := p.window == "" || s.Fresh
	if first {
		p.window = manual.NewWindow()
	}
	switch do := s.Do.(type) {
	case trial.Login:
		return p.signIn(ctx, t, s.Name, do, first)
	case trial.Look:
		return p.lookAround(ctx, do)
	case trial.Members:
		return p.stage.members(ctx)
	case trial.Invite:
		return p.stage.invite(ctx, do)
	case trial.Disable:
		return p.stage.administer(ctx, do.Who, Directory.Disable)
	case trial.Remove:
		return p.stage.administer(ctx, do.Who, Directory.Remove)
	}
	return transcript.Step{Fault: fmt.Sprintf("actor: a person cannot %v: it needs a driven browser", s.Do)}
}

// ByHand says whether a person can be asked to do it.
func ByHand(do trial.Action) bool {
	switch do.(type) {
	case trial.Login, trial.Look, trial.Members, trial.Invite, trial.Disable, trial.Remove:
		return true
	}
	return false
}

// signIn has the person sign in, as often as he begins anew.
func (p *person) signIn(ctx context.Context, t trial.Trial, name string, do trial.Login, first bool) transcript.Step {
	who, ok := p.stage.People[do.As]
	step := transcript.Step{Person: string(do.As)}
	if !ok {
		step.Fault = fmt.Sprintf("actor: the target file names no %s person", do.As)
		return step
	}
	hand := p.stage.Hand
	again := hand.Begun
	hand.Begun = 0
	for {
		play := p.stage.IdP.Play(p.reply(who, do), p.stage.Base)
		a, err := p.ask(ctx, t, do, who, play, first)
		ex := play.Exchanges()
		if a.Button == buttonAgain && err == nil {
			if handedOut(ex) > 0 {
				again++
			}
			if first {
				p.window = manual.NewWindow()
			}
			continue
		}
		p.record(&step, name, ex)
		switch {
		case err != nil:
			step.Fault = "actor: " + err.Error()
		case a.Button == buttonSkip:
			step.Fault = "the person left this step out"
		case step.Fault == "":
			p.tell(&step, t, a, ex, again)
		}
		return step
	}
}

// ask shows the step's card while the IdP sits at the desk.
func (p *person) ask(ctx context.Context, t trial.Trial, do trial.Login, who idp.Person, play idp.Player, first bool) (manual.Answer, error) {
	hand := p.stage.Hand
	seat := &manual.Seat{Window: p.window, Player: play, Begin: []browser.Request{p.stage.start(do.From, p.stage.IdP.Launch(), who)}}
	seat.Changed = func(st manual.SeatState) {
		ex := play.Exchanges()
		hand.Guide.Saw(sights(st, ex)...)
		if hand.Handed != nil && handedOut(ex) > 0 {
			hand.Handed()
		}
	}
	at := hand.Desk.Sit(seat)
	defer hand.Desk.Leave()
	hand.Guide.Saw("The address has not been opened yet.")
	c := loginCard{trial: t, do: do, who: who, at: at[0], first: first, initiated: p.stage.Target.SP.Login != nil && do.From != trial.IdPInitiated}
	c.home, c.asksHome = p.stage.common(), p.stage.homeless() && t.Part == trial.KnownIn
	return hand.Guide.Ask(ctx, c.card(func() (manual.SeatState, []idp.Exchange) { return hand.Desk.State(seat), play.Exchanges() }))
}

// tell writes down what the person said.
func (p *person) tell(step *transcript.Step, t trial.Trial, a manual.Answer, ex []idp.Exchange, again int) {
	step.Login = p.came(ex)
	at := a.Get("rest-at")
	rest := p.hop(a, "rest", at)
	rest.Told.Again = again
	step.Login = append(step.Login, rest)
	p.stage.rested(t, at)
	if a.Get("own-shows") != "" {
		step.Visits = append(step.Visits, transcript.Visit{Name: "own", Hops: []transcript.Hop{p.hop(a, "own", at)}})
	}
	home := p.stage.common()
	step.Visits = append(step.Visits, transcript.Visit{Name: home.name, Hops: []transcript.Hop{p.hop(a, "home", home.url)}})
}

// came is what the IdP saw of the browser.
func (p *person) came(ex []idp.Exchange) []transcript.Hop {
	var out []transcript.Hop
	for _, e := range ex {
		h := transcript.Hop{Method: "GET", URL: p.stage.IdP.Launch(), Because: "start", AtIdP: true, Status: 200}
		if e.Request != nil {
			h.URL, h.Because = e.Request.URL, "redirect"
			if e.Request.Binding == "HTTP-POST" {
				h.Method, h.Because, h.Posted = "POST", "form", []string{"SAMLRequest"}
			}
		}
		out = append(out, h)
	}
	return out
}

// hop is one page as the person told of it.
func (p *person) hop(a manual.Answer, prefix, url string) transcript.Hop {
	h := transcript.Hop{
		Method: "GET", URL: browser.WithoutTokens(url), Because: "told",
		Told: &transcript.Told{Shows: transcript.Shows(a.Get(prefix + "-shows")), As: a.Get(prefix + "-as")},
	}
	if h.Told.As == unsaid {
		h.Told.As = ""
	}
	if who := a.Get(prefix + "-who"); h.Told.As == otherPerson && who != "" {
		for ref, q := range p.stage.People {
			if strings.EqualFold(who, q.Email) || strings.EqualFold(who, q.NameID) || strings.EqualFold(who, q.DisplayName) {
				h.Told.As = string(ref)
			}
		}
	}
	for line := range strings.Lines(a.Get(prefix + "-text")) {
		if line = strings.TrimSpace(line); line != "" {
			h.Blocks = append(h.Blocks, line)
		}
	}
	return h
}

// lookAround has the person look at the common pages without a login.
func (p *person) lookAround(ctx context.Context, do trial.Look) transcript.Step {
	places := []place{p.stage.common()}
	if do.Everywhere {
		for _, url := range p.stage.everywhere() {
			if url != places[0].url {
				places = append(places, place{"landing:" + url, url})
			}
		}
	}
	seat := &manual.Seat{Window: p.window}
	for _, pl := range places {
		seat.Begin = append(seat.Begin, browser.Request{URL: pl.url})
	}
	hand := p.stage.Hand
	seat.Changed = func(st manual.SeatState) { hand.Guide.Saw(sights(st, nil)...) }
	for {
		at := hand.Desk.Sit(seat)
		hand.Guide.Saw("The address has not been opened yet.")
		a, err := hand.Guide.Ask(ctx, lookCard(at, func() manual.SeatState { return hand.Desk.State(seat) }))
		hand.Desk.Leave()
		if err != nil {
			return transcript.Step{Fault: "actor: " + err.Error()}
		}
		if a.Button == buttonAgain {
			p.window = manual.NewWindow()
			seat.Window = p.window
			continue
		}
		var step transcript.Step
		for n, pl := range places {
			step.Visits = append(step.Visits, transcript.Visit{Name: pl.name, Hops: []transcript.Hop{p.hop(a, looked(n), pl.url)}})
		}
		return step
	}
}

// common is the page that everybody looks at: home, or the root where nobody's
// home is known.
func (s *Stage) common() place {
	s.mu.Lock()
	home := s.home
	s.mu.Unlock()
	if home != "" {
		return place{"home", home}
	}
	return place{"root", root(s.anywhere())}
}

// homeless says that nobody's landing page is known yet.
func (s *Stage) homeless() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.home == ""
}

// rested remembers where a login came to rest, as arrive does.
func (s *Stage) rested(t trial.Trial, at string) {
	if at != "" {
		s.arrive(t, transcript.Hop{URL: at, Status: 200})
	}
}

// Memory is what a stage has to know to go on after a break.
type Memory struct {
	Home     string   `json:"home,omitempty"`
	Landings []string `json:"landings,omitempty"`
	Listed   bool     `json:"listed,omitempty"`
}

// Memory is what the stage knows now.
func (s *Stage) Memory() Memory {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Memory{s.home, append([]string(nil), s.landings...), s.listed}
}

// Recall goes on with what an earlier stage knew.
func (s *Stage) Recall(m Memory) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.home, s.landings, s.listed = m.Home, append([]string(nil), m.Landings...), m.Listed
}

func handedOut(ex []idp.Exchange) int {
	n := 0
	for _, e := range ex {
		if e.Sent != nil {
			n++
		}
	}
	return n
}
