package engine

import (
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// shapes remembers which shapes of message the service provider refuses even
// when they are good.
type shapes struct {
	seen    func() transcript.Record
	refused map[string]bool // by key of the trial that shows it
}

// pointless says whether a trial would prove nothing: it is Only for a shape
// whose good message was refused, surely, by what was seen so far. It reads
// what a judge will read, so that he sees the same.
func (s shapes) pointless(p *Plan, t trial.Trial) bool {
	if t.Only == "" || s.seen == nil {
		return false
	}
	for _, shown := range p.Trials {
		if shown.Name != t.Only {
			continue
		}
		key := shown.Key()
		no, known := s.refused[key]
		if !known {
			no = refuses(s.seen(), key)
			s.refused[key] = no
		}
		return no
	}
	return false
}

// refuses says whether the trial with the key ended outside, beyond doubt.
func refuses(rec transcript.Record, key string) bool {
	for _, r := range rec.Runs {
		if r.Key == key && r.Again == 0 {
			l := oracle.Learn(lessons(rec, r)).Land(r.Last())
			return r.Last().Fault == "" && l.Where == transcript.Out && l.Weak == ""
		}
	}
	return false
}

// lessons are the runs that the oracle learns from, and the one that is asked
// about: in a long run nearly all others are questions like it.
func lessons(rec transcript.Record, asked transcript.Run) transcript.Record {
	all := rec.Runs
	rec.Runs = nil
	for _, r := range all {
		if r.Part != string(trial.Question) || r.ID == asked.ID {
			rec.Runs = append(rec.Runs, r)
		}
	}
	return rec
}

// moreRepeats says whether the next performance belongs to the same round of
// repeated controls.
func moreRepeats(order []Performance, seq int) bool {
	return seq+1 < len(order) && order[seq+1].Again == order[seq].Again
}
