package bundle

import (
	"encoding/json"

	"example.com/samepage/samlcheck/engine"
)

// Plan is one face's part of plan.json: what was to be done and why the rest
// was not.
type Plan struct {
	Checks  []string  `json:"checks"`  // ids, in order
	Skipped []Skipped `json:"skipped"` // in order
	Trials  []string  `json:"trials"`  // in order of performance, repeated controls included
}

// Skipped is a check that was left out.
type Skipped struct {
	Check  string `json:"check"`
	Reason string `json:"reason"`
}

func planned(ps map[string]*engine.Plan) map[string]Plan {
	out := map[string]Plan{}
	for face, p := range ps {
		q := Plan{Checks: []string{}, Skipped: []Skipped{}, Trials: []string{}}
		for _, c := range p.Checks {
			q.Checks = append(q.Checks, c.ID)
		}
		for _, s := range p.Skipped {
			q.Skipped = append(q.Skipped, Skipped{s.Check.ID, s.Reason})
		}
		for _, perf := range p.Order() {
			q.Trials = append(q.Trials, perf.Trial.Name)
		}
		out[face] = q
	}
	return out
}

func (b *Bundle) readPlans() error {
	raw, err := b.optional("plan.json")
	if raw == nil || err != nil {
		return err
	}
	if err := json.Unmarshal(raw, &b.plans); err != nil {
		return b.damaged("plan.json", err)
	}
	return nil
}
