package suite

import (
	"context"
	"time"

	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// OffboardingOutlives is the id of the check that says how long a session
// outlives its revocation.
const OffboardingOutlives = "offboarding/session-outlives"

// Offboard is Run for the off-boarding experiment alone: what is left to
// somebody whom the identity provider no longer lets in. Sessions are watched
// for Options.Watch. How long a session lives does not depend on whose shape
// the identity provider has, so one face is enough where none is named.
func Offboard(ctx context.Context, o Options) (*Result, error) {
	o, err := o.offboarding()
	if err != nil {
		return nil, err
	}
	return Run(ctx, o)
}

// PlanOffboard is Plan for Offboard.
func PlanOffboard(ctx context.Context, o Options) (*PlanInfo, error) {
	o, err := o.offboarding()
	if err != nil {
		return nil, err
	}
	return Plan(ctx, o)
}

func (o Options) offboarding() (Options, error) {
	t, err := o.target()
	if err != nil {
		return o, err
	}
	o.Loaded = t
	if len(o.Faces) == 0 {
		o.Faces = t.IdP.Faces[:1]
	}
	o.Select = []string{"offboarding", "logout/request-ignored", "logout/session-kept", "logout/identity-provider-not-told"}
	return o, nil
}

// watching says how long the face's sessions are watched. Whether one is over
// is read off the pages by what the controls have taught so far.
func (j *job) watching(f *face, red *bundle.Redactor) actor.Watching {
	return actor.Watching{
		For: j.o.Watch, Now: j.now, Wait: j.o.Wait,
		Over: func(s transcript.Step) bool {
			seen := red.Run(transcript.Run{Steps: []transcript.Step{s}})
			l := oracle.Learn(f.record).Land(seen.Steps[0])
			return l.Where == transcript.Out && l.Weak == ""
		},
	}
}

// watched is how long the plan's sessions may be watched, in seconds.
func (j *job) watched(p *engine.Plan) int {
	var all time.Duration
	for _, t := range p.Trials {
		for _, s := range t.Steps {
			if do, ok := s.Do.(trial.Watch); ok {
				d := j.o.Watch
				if do.Most > 0 {
					d = min(d, do.Most)
				}
				all += d
			}
		}
	}
	return int(all.Seconds())
}
