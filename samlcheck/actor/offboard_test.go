package actor

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// pages is a browser for which every address is one page.
type pages struct {
	links []string
	asked []string
	fails string // this address cannot be opened
}

func (p *pages) Visit(_ context.Context, r browser.Request) ([]transcript.Hop, error) {
	p.asked = append(p.asked, r.URL)
	if r.URL == p.fails {
		return nil, errors.New("no request can be made of it")
	}
	return []transcript.Hop{{Method: "GET", URL: r.URL, Status: 200, Links: p.links}}, nil
}

func (*pages) Close() error { return nil }

// clock stands still but for what is waited.
type clock struct {
	at    time.Time
	waits []time.Duration
	stop  int // the wait, counted from one, that is interrupted; 0 none
}

func (c *clock) now() time.Time { return c.at }

func (c *clock) wait(_ context.Context, d time.Duration) error {
	c.waits = append(c.waits, d)
	if len(c.waits) == c.stop {
		return context.Canceled
	}
	c.at = c.at.Add(d)
	return nil
}

const signedIn = "login"

// watching is a player whose browser signed somebody in.
func watching(b browser.Browser, w Watching) *player {
	s := &Stage{
		Target: &target.Target{SP: target.SP{Login: &target.Start{URL: "https://sp.example/login"}}}, Watch: w, home: "https://sp.example/home",
	}
	p := &player{stage: s, browser: b, seats: []seat{{&desk{}, b}}, where: map[string]settled{}}
	p.settle(signedIn, trial.Known)
	return p
}

func seconds(looks []transcript.Look) []int64 {
	var out []int64
	for _, l := range looks {
		out = append(out, l.After/1000)
	}
	return out
}

// Every wait is twice the one before, and the last look stands at the end of
// the time; the step itself may ask for less than was allowed.
func TestWatchDoublesItsWaits(t *testing.T) {
	t.Parallel()
	c := &clock{}
	p := watching(&pages{}, Watching{For: time.Minute, Now: c.now, Wait: c.wait})
	step := p.watch(t.Context(), trial.Watch{Of: signedIn})
	assert.Empty(t, step.Fault)
	assert.Equal(t, string(trial.Known), step.Person)
	assert.Equal(t, []int64{0, 5, 15, 35, 60}, seconds(step.Looks))

	step = p.watch(t.Context(), trial.Watch{Of: signedIn, Most: 10 * time.Second})
	assert.Equal(t, []int64{0, 5, 10}, seconds(step.Looks))
}

// A session that is over is not looked at any more.
func TestWatchEndsWithTheSession(t *testing.T) {
	t.Parallel()
	c, looks := &clock{}, 0
	over := func(transcript.Step) bool { looks++; return looks == 3 }
	step := watching(&pages{}, Watching{For: time.Hour, Now: c.now, Wait: c.wait, Over: over}).watch(t.Context(), trial.Watch{Of: signedIn})
	assert.Equal(t, []int64{0, 5, 15}, seconds(step.Looks))
}

// Whoever is interrupted, or cannot go on, keeps what he has seen.
func TestWatchKeepsWhatItSaw(t *testing.T) {
	t.Parallel()
	c := &clock{stop: 3}
	step := watching(&pages{}, Watching{For: time.Hour, Now: c.now, Wait: c.wait}).watch(t.Context(), trial.Watch{Of: signedIn})
	assert.Empty(t, step.Fault)
	assert.Equal(t, []int64{0, 5, 15}, seconds(step.Looks))

	b := &pages{fails: "https://sp.example/login"}
	step = watching(b, Watching{For: time.Hour, Now: c.now, Wait: c.wait}).watch(t.Context(), trial.Watch{Of: signedIn})
	assert.Contains(t, step.Fault, "no request can be made of it")
	require.Len(t, step.Looks, 1)
	assert.Equal(t, "home", step.Looks[0].Visits[0].Name, "the page before it was seen")
}

// Nobody can be watched who never signed in.
func TestWatchNeedsALogin(t *testing.T) {
	t.Parallel()
	b := &pages{}
	step := watching(b, Watching{}).watch(t.Context(), trial.Watch{Of: "another"})
	assert.Contains(t, step.Fault, `"another" signed nobody in`)
	assert.Empty(t, b.asked)
}

// Pages for a forgotten password are opened, three at most, each once, and only
// on hosts that the target names.
func TestDoorsAreTheServicesOwn(t *testing.T) {
	t.Parallel()
	b := &pages{links: []string{
		"https://sp.example/reset-password", "https://elsewhere.example/forgot", "https://sp.example/imprint", "https://sp.example/reset-password",
		"https://sp.example/account/recover", "https://sp.example/lost/password", "https://sp.example/forgot", "%zz://reset",
	}}
	step := watching(b, Watching{}).doors(t.Context())
	require.Empty(t, step.Fault)
	var reset []string
	for _, v := range step.Visits {
		if len(v.Name) > len(VisitReset) && v.Name[:len(VisitReset)] == VisitReset {
			reset = append(reset, v.Name)
		}
	}
	assert.Equal(t, []string{VisitReset + b.links[0], VisitReset + b.links[4], VisitReset + b.links[5]}, reset)
	assert.NotContains(t, b.asked, "https://elsewhere.example/forgot")
}
