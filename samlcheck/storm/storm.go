// Package storm sends logins at a rate, and says honestly what came of them.
//
// A storm is open: login n begins when the schedule says so, whether or not
// the ones before it are over, and its latency counts from that intended
// moment. A tool that waits for an answer before it asks again slows down with
// the service provider and measures its own politeness ("coordinated omission",
// G. Tene, How NOT to Measure Latency). Where all workers are busy a login
// begins late; the wait is part of its latency, and the report says how much.
//
// Most logins are driven as lightly as can be: the redirects and posts of a
// login and nothing else, over warm connections. By where they come to rest they
// are held against the controls that were made first: the known member's logins,
// and logins that cannot be in. That is resemblance, and it is called so. Every
// n-th login is looked at in full, revisits included, and landed by the oracle:
// only of these is it said that somebody was in.
//
// It refuses to send load where the target's owner did not allow it, faster than
// a ceiling that was not raised by name, or after the service provider has asked
// to be left alone (429, Retry-After). It writes no message, no cookie and no
// page; the numbers and the places are all that is kept. It prints nothing.
package storm

import (
	"context"
	"time"

	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/report"
)

// Load is how much is sent.
type Load struct {
	Logins  int           // how many
	Rate    float64       // a second, once the ramp is over
	Ramp    time.Duration // the rate rises from nothing so long
	Workers int           // logins under way at once; the sampled ones come on top, a quarter of that, at least two
	Fresh   bool          // people who were never there, a new one for each login; else the known member
	Sample  int           // every n-th login is looked at in full; 0 chooses about twenty in all
	Ceiling float64       // logins a second that are never exceeded, catching up included; 0 is the default for the target
	Timeout time.Duration // for one login, from its real start; 0 is 20 s
	Persist bool          // goes on though the service provider asks to be left alone
}

// Options are what a storm is made of. Stage, Load and Redact are required.
type Options struct {
	Load
	Stage  *actor.Stage                               // whose IdP, people and way to the service provider are used
	Face   string                                     // "okta", "entra"
	RunID  string                                     // what fresh persons carry
	Redact *bundle.Redactor                           // what the oracle reads is what could be kept
	Forged bool                                       // spoilt logins may be made, as a control
	Tool   report.Tool                                // who says so
	Target report.Target                              // about whom
	Again  string                                     // the command that repeats it
	Told   func(Progress)                             // after each window, from one goroutine; nil tells nobody
	Now    func() time.Time                           // nil is time.Now
	Wait   func(context.Context, time.Duration) error // nil waits on a timer
	CPU    func() time.Duration                       // what this process has used so far; nil measures nothing
	Cores  int                                        // processors that this process may use
}

// Progress is how far a storm is.
type Progress struct {
	At            time.Duration // since it began
	Done, Of      int
	Offered, Gave float64 // logins a second, in the window that just ended
	P50, P95, P99 time.Duration
	Failed        int // so far
	Busy          int // logins under way
}

func (o *Options) settle() {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wait == nil {
		o.Wait = engine.Wait
	}
	if o.Timeout <= 0 {
		o.Timeout = 20 * time.Second
	}
	if o.Sample <= 0 {
		const inAll, atLeast = 20, 10
		o.Sample = min(max(atLeast, o.Logins/inAll), o.Logins)
	}
	if o.Ceiling <= 0 {
		o.Ceiling = DefaultCeiling(o.Stage.Target)
	}
}

// Run makes the controls, the storm, and one control more. A cancelled context
// ends it, and what was seen until then is returned with the context's error.
// Without a result the error is the user's to mend (it has a Hint), or says that
// the service provider cannot be reached (engine.ErrUnreachable).
func Run(ctx context.Context, o Options) (*Result, error) {
	if err := o.Load.Allowed(o.Stage.Target); err != nil {
		return nil, err
	}
	o.settle()
	enrol(&o)
	res := &Result{
		Schema: Schema, Tool: o.Tool, Target: o.Target, Face: o.Face, Run: o.RunID, Again: o.Again,
		Asked: o.Load.asked(), Started: o.Now().UTC(),
	}
	c, err := calibrate(ctx, &o)
	if err != nil {
		return nil, err
	}
	res.Controls = c.account()
	if c.hopeless() {
		res.Stopped = "nothing was sent: the known member's own login came to rest like one that cannot be in"
		res.finish(o.Now())
		return res, nil
	}
	s := newStorm(&o, c)
	s.blow(ctx)
	s.account(res)
	if ctx.Err() != nil {
		res.Stopped = "interrupted"
	} else {
		res.Controls.After, res.Controls.Steady = c.after(ctx)
	}
	res.finish(o.Now())
	return res, ctx.Err()
}
