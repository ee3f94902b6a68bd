package actor

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Watching says how long sessions are watched. The zero value looks once.
type Watching struct {
	For  time.Duration                                    // from the first look to the last
	Now  func() time.Time                                 // nil is time.Now
	Wait func(ctx context.Context, d time.Duration) error // nil waits on a timer
	// Over says that a look shows a dead session, so that nothing more is to be
	// seen. It only ends the watching early: what a look means is judged later,
	// from the transcript. Nil watches until the time is up.
	Over func(transcript.Step) bool
}

// firstWait is the wait after the first look; every further one is twice as long.
const firstWait = 5 * time.Second

// seat is one browser of a trial.
type seat struct {
	at      *desk
	browser browser.Browser
}

// open gives the trial a browser that knows nothing. Earlier ones are kept: a
// later step may go back to one.
func (p *player) open() {
	p.at = &desk{base: p.stage.Base, hosts: p.stage.IdP.Hosts(), entity: p.stage.IdP.EntityID()}
	p.browser = p.stage.Browser(p.at)
	p.here = len(p.seats)
	p.seats = append(p.seats, seat{p.at, p.browser})
}

// back returns to the browser in which the named step signed in.
func (p *player) back(of string) (who trial.Person, fault string) {
	s, ok := p.where[of]
	if !ok {
		return "", fmt.Sprintf("actor: step %q signed nobody in, so there is no browser to go back to", of)
	}
	p.here = s.seat
	p.at, p.browser = p.seats[s.seat].at, p.seats[s.seat].browser
	return s.who, ""
}

// settled remembers in which browser a step signed in, and as whom.
type settled struct {
	seat int
	who  trial.Person
}

func (p *player) settle(step string, who trial.Person) {
	p.where[step] = settled{p.here, who}
}

// revoke changes the mock identity provider's own state, for this trial alone.
func (p *player) revoke(do trial.Revoke) transcript.Step {
	step := transcript.Step{Person: string(do.Who)}
	who, ok := p.stage.People[do.Who]
	if !ok {
		step.Fault = fmt.Sprintf("actor: the target file names no %s person", do.Who)
		return step
	}
	if p.directory == nil {
		p.directory = idp.NewDirectory(who)
	}
	change := p.directory.Unassign
	if do.How == trial.Disabled {
		change = p.directory.Disable
	}
	if err := change(who.Key()); err != nil {
		step.Fault = "actor: " + err.Error()
	}
	return step
}

func (p *player) restore(do trial.Restore) transcript.Step {
	p.directory = nil
	return transcript.Step{Person: string(do.Who)}
}

// again looks at the common pages with the cookies that an earlier step left.
func (p *player) again(ctx context.Context, do trial.Revisit) transcript.Step {
	who, fault := p.back(do.Of)
	step := transcript.Step{Person: string(who), Fault: fault}
	if fault == "" {
		step.Visits, step.Fault = p.revisit(ctx, transcript.Hop{}, nil)
	}
	return step
}

// watch looks again and again. Whoever is interrupted keeps what he has seen.
func (p *player) watch(ctx context.Context, do trial.Watch) transcript.Step {
	who, fault := p.back(do.Of)
	step := transcript.Step{Person: string(who), Fault: fault}
	if fault != "" {
		return step
	}
	w := p.stage.Watch.filled()
	most := w.For
	if do.Most > 0 {
		most = min(most, do.Most)
	}
	began, wait := w.Now(), firstWait
	for {
		at := w.Now().Sub(began)
		visits, fault := p.revisit(ctx, transcript.Hop{}, nil)
		if ctx.Err() != nil {
			return step
		}
		step.Looks = append(step.Looks, transcript.Look{After: at.Milliseconds(), Visits: visits})
		if fault != "" {
			step.Fault = fault
			return step
		}
		left := most - w.Now().Sub(began)
		if left <= 0 || w.Over != nil && w.Over(transcript.Step{Person: string(who), Visits: visits}) {
			return step
		}
		if err := w.Wait(ctx, min(wait, left)); err != nil {
			return step
		}
		wait *= 2
	}
}

func (w Watching) filled() Watching {
	if w.Now == nil {
		w.Now = time.Now
	}
	if w.Wait == nil {
		w.Wait = engine.Wait
	}
	return w
}

// resetWords are what addresses of pages that reset passwords are made of. A
// page under another address is not found, which the check says.
var resetWords = regexp.MustCompile(`(?i)(reset|forgot|recover|lost)[-_/a-z]*(pass|pw|account|access)?|(pass|pw)[-_a-z]*(reset|forgot|recover|lost)`)

// mostDoors bounds how many such pages are opened.
const mostDoors = 3

// doors looks at the common pages as a stranger, and at the pages that they
// link to for a forgotten password.
func (p *player) doors(ctx context.Context) transcript.Step {
	var step transcript.Step
	step.Visits, step.Fault = p.revisit(ctx, transcript.Hop{}, nil)
	if step.Fault != "" {
		return step
	}
	var found []string
	for _, v := range step.Visits {
		h := v.Rest()
		for _, link := range h.Links {
			if u, err := url.Parse(link); !h.AtIdP && err == nil && resetWords.MatchString(u.Path) && p.mine(u) && !slices.Contains(found, link) {
				found = append(found, link)
			}
		}
	}
	for _, link := range found[:min(len(found), mostDoors)] {
		hops, err := p.browser.Visit(ctx, browser.Request{URL: link})
		if len(hops) > 0 {
			step.Visits = append(step.Visits, transcript.Visit{Name: VisitReset + link, Hops: hops})
		}
		if err != nil {
			step.Fault = "actor: " + err.Error()
			return step
		}
	}
	return step
}

// VisitReset begins the name of a visit to a page that resets passwords.
const VisitReset = "reset:"

// mine says whether the target names the host.
func (p *player) mine(u *url.URL) bool {
	return slices.ContainsFunc(p.stage.Target.Hosts(), func(h string) bool { return strings.EqualFold(h, u.Host) })
}
