package expect

import (
	"fmt"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// A login is one performance with its landing and the place where it stands in
// the evidence.
type login struct {
	run  transcript.Run
	step transcript.Step
	oracle.Landing
	ref transcript.Ref
}

// read finds the last step of the named trial. It says why where that is no
// evidence: nothing can be said of a service provider that was not asked.
func read(c *samlcheck.Case, name string) (login, string) {
	run, ok := c.Runs[name]
	if !ok || len(run.Steps) == 0 {
		return login{}, fmt.Sprintf("%q was not performed", name)
	}
	l := login{run: run, step: run.Last()}
	l.ref = transcript.Ref{In: run.ID + "#" + l.step.Name, Excerpt: Excerpt(l.step.Do)}
	switch {
	case l.step.Fault != "":
		return l, fmt.Sprintf("the harness failed in %q: %s", name, l.step.Fault)
	case l.step.Sent == nil:
		return l, fmt.Sprintf("in %q no response was sent: the identity provider answered with a page of its own", name)
	}
	if c.Model == nil {
		return l, "nothing was learned of this service provider"
	}
	l.Landing = c.Model.Land(l.step)
	return l, ""
}

// spoilt reads a login whose response must have been changed: a forged message
// that is not forged would be a clean login.
func spoilt(c *samlcheck.Case, name string) (login, string) {
	l, why := read(c, name)
	if why == "" && len(l.step.Sent.Changed) == 0 {
		why = fmt.Sprintf("in %q the response was sent unchanged", name)
	}
	return l, why
}

// broke says how the service provider broke, for a sentence; "" when it did not.
func (l login) broke() string {
	if !l.Crashed {
		return ""
	}
	for _, h := range l.step.Login {
		if !h.AtIdP && h.Status >= 500 {
			return fmt.Sprintf(" (it answered %d, which is a failure and not a refusal)", h.Status)
		}
	}
	return " (it broke the connection, which is a failure and not a refusal)"
}

// whom names who landed, for a sentence.
func (l login) whom() string {
	switch l.As {
	case "":
		return "as whom could not be seen"
	case string(trial.Known):
		return "as the known member"
	}
	return "as " + l.As
}

// leaning says what weak evidence points to.
func (l login) leaning() string {
	word := map[transcript.Landing]string{
		transcript.In: "accepted", transcript.Out: "refused", transcript.Form: "asked for more",
		transcript.Session: "signed in and not admitted", transcript.Accepted: "accepted",
	}[l.Where]
	if word == "" {
		word = string(l.Where)
	}
	return fmt.Sprintf("leaning towards %q, but not to be relied on: %s (%s)", word, l.Weak, strings.TrimSuffix(l.Because, "."))
}
