package bundle

import (
	"cmp"
	"slices"
)

// Replacement is one thing that is hidden, and what stands in its place. It is
// for the eyes of the person at this machine; no file of a bundle holds one.
type Replacement struct {
	Rule  string
	From  string // as it is looked for: in lower case; "" where it is a secret
	To    string
	Times int // how often it was replaced so far
}

// Preview lists what was hidden so far, by rule: the names with their
// pseudonyms, what was cut without them.
func (r *Redactor) Preview() []Replacement {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []Replacement
	named := map[string]bool{}
	for _, n := range r.forth {
		if times := r.times[n.from]; times > 0 && n.to != "" {
			out = append(out, Replacement{n.rule, n.from, n.to, times})
			named[n.rule] = true
		}
	}
	for rule, times := range r.counts {
		if !named[rule] && times > 0 {
			out = append(out, Replacement{Rule: rule, To: "[cut]", Times: times})
		}
	}
	slices.SortFunc(out, func(a, b Replacement) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.From, b.From))
	})
	return out
}
