package checktest

import (
	"context"
	"sync"
	"time"

	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// kinds lists the good stand-ins that a Proof may name as the place where its
// check holds. Samepage documents no single logout and has a password form, so
// the stand-in itself is so, and the kinds are what else a good service may be.
func kinds() []string {
	return []string{"stand-in", "stand-in:slo", "stand-in:brief", "stand-in:sso-only", "stand-in:asks", "stand-in:create"}
}

func ofKind(kind string, o samepage.Options) samepage.Options {
	switch kind {
	case "stand-in:slo":
		o.SLO = true
	case "stand-in:brief":
		o.SessionLifetime = 30 * time.Second
	case "stand-in:sso-only":
		o.SSOOnly = true
	case "stand-in:create":
		o.JIT = samepage.Create
	case "stand-in:asks":
		o.AsksContext = true
	}
	return o
}

// watchTime is how long sessions are watched in a proof. Nobody waits for it.
const watchTime = 6 * time.Minute

// clock is the stand-in's time: the real one, and what a watching has waited.
// After it the real time comes back, for the identity provider never left it.
type clock struct {
	mu     sync.Mutex
	waited time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.waited)
}

func (c *clock) wait(_ context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waited += d
	return nil
}

func (c *clock) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waited = 0
}

// timed is an actor whose waiting ends with the step that waits.
type timed struct {
	engine.Actor
	clock *clock
}

func (a timed) Perform(ctx context.Context, t trial.Trial, s trial.Step) transcript.Step {
	defer a.clock.reset()
	return a.Actor.Perform(ctx, t, s)
}
