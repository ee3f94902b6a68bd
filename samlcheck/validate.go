package samlcheck

import (
	"fmt"
	"regexp"

	"example.com/samepage/samlcheck/trial"
)

var idShape = regexp.MustCompile(`^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$`)

// Validate reports what is wrong with a catalogue, all of it at once.
func Validate(checks []Check) []error {
	var errs []error
	seen := map[string]bool{}
	for _, c := range checks {
		bad := func(f string, a ...any) {
			errs = append(errs, fmt.Errorf("samlcheck: %s: %w", c.ID, fmt.Errorf(f, a...)))
		}
		if !idShape.MatchString(c.ID) {
			bad("the id is not of the form subject/what-is-wrong (%q)", c.Title)
		}
		if seen[c.ID] {
			bad("the id is used twice")
		}
		seen[c.ID] = true
		if c.Title == "" || c.Remedy == "" {
			bad("Title and Remedy are required")
		}
		if len(c.Cites) == 0 {
			bad("cites nothing")
		}
		if c.Judge == nil {
			bad("no Judge")
		}
		if c.Reads == 0 && len(c.Trials) == 0 {
			bad("neither reads nor tries anything")
		}
		if c.Proof.Holds == "" || c.Proof.Violated == "" {
			bad("unproven: name a case where it holds and one where it is violated")
		}
		validateTrials(c.Trials, bad)
	}
	return errs
}

func validateTrials(ts []trial.Trial, bad func(string, ...any)) {
	controls, names := 0, map[string]bool{}
	for _, t := range ts {
		if names[t.Name] {
			bad("two trials are named %q", t.Name)
		}
		names[t.Name] = true
		if t.Role == trial.Control {
			controls++
		}
		if len(t.Steps) == 0 {
			bad("trial %q has no steps", t.Name)
		}
	}
	if len(ts) > 0 && controls == 0 {
		bad("no control: no refusal counts without an acceptance")
	}
}
