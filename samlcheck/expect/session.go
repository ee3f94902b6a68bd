package expect

import (
	"fmt"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
)

// A Session is what one look at the pages says of a browser's session.
type Session struct {
	oracle.Landing
	Step transcript.Step
	Ref  transcript.Ref
}

// Alive says that the person is signed in, beyond doubt.
func (s Session) Alive() bool { return s.Where == transcript.In && s.Weak == "" }

// Dead says that nobody is signed in, beyond doubt.
func (s Session) Dead() bool { return s.Where == transcript.Out && s.Weak == "" }

// Unclear is the sentence for a session that is neither.
func (s Session) Unclear() string {
	if s.Weak != "" {
		return fmt.Sprintf("it leans to %q: %s", s.Where, s.Weak)
	}
	return fmt.Sprintf("it landed %q: %s", s.Where, s.Because)
}

// SessionAt reads the named step of the named trial. It says why where that is
// no evidence.
func SessionAt(c *samlcheck.Case, trial, step string) (s Session, why string) {
	run, ok := c.Runs[trial]
	if !ok {
		return s, fmt.Sprintf("%q was not performed", trial)
	}
	if s.Step, ok = run.Step(step); !ok {
		if last := run.Last(); last.Fault != "" {
			return s, fmt.Sprintf("the harness failed in %q, step %q: %s", trial, last.Name, last.Fault)
		}
		return s, fmt.Sprintf("step %q of %q was not performed", step, trial)
	}
	s.Ref = transcript.Ref{In: run.ID + "#" + step, Excerpt: Excerpt(s.Step.Do)}
	if s.Step.Fault != "" {
		return s, fmt.Sprintf("the harness failed in %q, step %q: %s", trial, step, s.Step.Fault)
	}
	if c.Model == nil {
		return s, "nothing was learned of this service provider"
	}
	if len(s.Step.Visits)+len(s.Step.Login) > 0 {
		s.Landing = c.Model.Land(s.Step)
	}
	return s, ""
}

// LookAt reads one look of a step that watched.
func (s Session) LookAt(c *samlcheck.Case, n int) Session {
	s.Landing = c.Model.Land(transcript.Step{Person: s.Step.Person, Visits: s.Step.Looks[n].Visits})
	return s
}

// Revisitable says why sessions of this service provider cannot be followed:
// the pages do not show again what the login showed. It is "" where the named
// step, which looks again at once, finds the person signed in.
func Revisitable(c *samlcheck.Case, trial, step string) (Session, string) {
	s, why := SessionAt(c, trial, step)
	switch {
	case why != "":
		return s, why
	case !s.Alive():
		return s, "the session cannot be followed: looked at right after the login, " + s.Unclear()
	}
	return s, ""
}
