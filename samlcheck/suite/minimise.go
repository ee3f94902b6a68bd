package suite

import (
	"context"
	"maps"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/checks/provisioning"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/trial"
)

// lacking are the newcomers of whom one group of attributes is not sent: all that
// a second plan could call for. Which of them sign in, the first plan's record
// says.
func (j *job) lacking() []trial.Person {
	if !j.o.Minimise {
		return nil
	}
	groups := []string{trial.FacetEmail, trial.FacetUsername, trial.FacetNames, trial.FacetGroups}
	var own []string
	if k := j.t.People.Known; k != nil {
		own = slices.AppendSeq(own, maps.Keys(k.Attributes))
	}
	own = slices.AppendSeq(own, maps.Keys(j.t.People.Attributes.Map))
	slices.Sort(own)
	for _, name := range own {
		if !slices.Contains([]string{"given_name", "surname", "display_name", "username", "groups"}, strings.ToLower(name)) {
			groups = append(groups, name)
		}
	}
	var out []trial.Person
	for _, g := range slices.Compact(groups) {
		out = append(out, provisioning.Lacking(g))
	}
	return out
}

// minimise performs the second plan, where the user wants to know more and the
// first one's record calls for it.
func (j *job) minimise(ctx context.Context, f *face, red *bundle.Redactor, w *evidence) error {
	if !j.o.Minimise {
		return nil
	}
	next := engine.Further(f.plan, f.record, j.may(), j.now())
	if len(next.Trials) == 0 {
		return nil
	}
	return j.performPlan(ctx, f, next, len(f.record.Runs), red, w)
}
