package engine

import (
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
)

// Further is the second plan: what the checks of the first call for after they
// have seen what it brought. Like everything that is planned it follows from the
// record alone, so whoever judges the record again plans the same. It is empty
// where nothing is called for, or nothing that is permitted.
func Further(p *Plan, rec transcript.Record, may Permission, now time.Time) *Plan {
	b := bench{rec: rec, now: now, model: oracle.Learn(rec)}
	out := &Plan{}
	seen := map[string]bool{}
	for _, c := range p.Checks {
		if c.Then == nil {
			continue
		}
		kept, reason := permitted(c.Then(b.seen(c)), may)
		if reason != "" {
			continue
		}
		for _, t := range kept {
			if _, done := b.first(t); !done && !seen[t.Key()] {
				seen[t.Key()] = true
				out.Trials = append(out.Trials, t)
			}
		}
	}
	return out
}

// seen is the case of a check with the runs that there are.
func (b bench) seen(c samlcheck.Check) *samlcheck.Case {
	k := &samlcheck.Case{Now: b.now, All: b.rec.Runs, Model: b.model, Runs: map[string]transcript.Run{}}
	for _, t := range c.Trials {
		if run, ok := b.first(t); ok {
			k.Runs[t.Name] = run
		}
	}
	return k
}
