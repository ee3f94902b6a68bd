package storm

import (
	"context"
	"net/http"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// controls are the logins before the storm, and what they taught.
type controls struct {
	o      *Options
	model  *oracle.Model
	places *places
	record transcript.Record
}

// Trials are the controls of a storm, in order: the known member twice, nobody, a
// login that the identity provider denied, and, where forged messages are
// allowed, one signed by an unknown key.
func Trials(forged bool) []trial.Trial {
	ts := []trial.Trial{trial.Clean(), trial.Stranger(), trial.Denied()}
	if forged {
		ts = append(ts, trial.Trial{Name: oracle.TrialSpoiltKey1, Part: trial.SpoiltKey, Steps: []trial.Step{
			{Name: "login", Do: trial.Login{As: trial.Known, Forge: []forge.Mutation{forge.SignedByForeignKey()}}},
		}})
	}
	ts = append(ts, trial.CleanAgain())
	for i := range ts { // the oracle weighs them itself
		ts[i].Role, ts[i].Want = trial.Control, ""
	}
	return ts
}

// calibrate makes the controls. Its error is the context's, or says that the
// service provider cannot be reached.
func calibrate(ctx context.Context, o *Options) (*controls, error) {
	c := &controls{o: o, places: newPlaces(), record: transcript.Record{Face: o.Face, Browser: "plain", RunID: o.RunID, People: o.Redact.People(actor.Folded(o.Stage.People))}}
	watched(o)
	if o.Stage.Target.People.Known != nil {
		plan := engine.NewPlan([]samlcheck.Check{{ID: "storm/controls", Trials: Trials(o.Forged)}}, engine.Permission{Forgery: true, Accounts: true, Load: true})
		if err := c.perform(ctx, plan); err != nil {
			return nil, err
		}
	}
	c.model = oracle.Learn(c.record)
	return c, nil
}

func (c *controls) perform(ctx context.Context, p *engine.Plan) error {
	return engine.Perform(ctx, p, engine.Stage{
		Face: c.o.Face, Actor: c.o.Stage.New, Now: c.o.Now, Wait: c.o.Wait,
		Emit: func(r transcript.Run) error {
			c.record.Runs = append(c.record.Runs, c.o.Redact.Run(r))
			return nil
		},
	})
}

// account says what the controls showed, and takes their places.
func (c *controls) account() Controls {
	out := Controls{Before: []Control{}}
	out.Known, out.Because = c.model.KnownIn()
	if len(c.record.Runs) == 0 {
		out.Because = "the target file names no member who exists (people.known), so that there is nothing to compare with"
	}
	for _, r := range c.record.Runs {
		step := r.Last()
		l := c.model.Land(step)
		out.Before = append(out.Before, Control{r.Trial, l.Where, l.Because})
		switch trial.Part(r.Part) {
		case trial.KnownIn:
			c.places.learn(step.Login, true)
		case trial.DeniedOut, trial.SpoiltKey:
			if l.Where != transcript.In { // a forged login that gets in is no example of a refusal
				c.places.learn(step.Login, false)
			}
		case trial.StrangerOut, trial.SpoiltAudience, trial.Newcomer, trial.Question, trial.Administration:
		}
	}
	out.Tells = c.places.tells()
	return out
}

// hopeless says that the known member is where the refused ones are, so that
// load would tell nothing at all.
func (c *controls) hopeless() bool {
	known, _ := c.model.KnownIn()
	return !known && !c.o.Fresh && len(c.places.known) > 0 && len(c.places.refused) > 0 && !c.places.tells()
}

// after makes the known member's login once more: a storm that upset the service
// provider for good has to be told from one that it weathered.
func (c *controls) after(ctx context.Context) (*Control, bool) {
	if len(c.record.Runs) == 0 {
		return nil, false
	}
	last := trial.CleanLast()
	run := transcript.Run{ID: c.o.Face + "/after", Trial: last.Name, Part: string(last.Part)}
	a := c.o.Stage.New(last)
	defer a.Close()
	for _, s := range last.Steps {
		step := a.Perform(ctx, last, s)
		step.Name, step.Do = s.Name, s.Do.String()
		run.Steps = append(run.Steps, step)
	}
	l := c.model.Land(c.o.Redact.Run(run).Last())
	known, _ := c.model.KnownIn()
	return &Control{last.Name, l.Where, l.Because}, !known || l.Where == transcript.In
}

// watched has every browser of the stage stop the watch of the login that it
// makes: the first visit of a login is the login, what follows looks around.
func watched(o *Options) {
	inner := o.Stage.Browser
	now := o.Now
	o.Stage.Browser = func(rt http.RoundTripper) browser.Browser { return &timed{Browser: inner(rt), now: now} }
}

type timed struct {
	browser.Browser
	now  func() time.Time
	seen bool
}

// Visit implements browser.Browser.
func (t *timed) Visit(ctx context.Context, r browser.Request) ([]transcript.Hop, error) {
	hops, err := t.Browser.Visit(ctx, r)
	if w, ok := ctx.Value(watchKey{}).(*stopwatch); ok && !t.seen {
		t.seen = true
		w.stop(t.now(), hops, err)
	}
	return hops, err
}
