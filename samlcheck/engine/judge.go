package engine

import (
	"fmt"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Judge gives one finding for each check of the plan, in order, the skipped
// ones last. It is pure: now is the moment at which certificates are looked at.
func Judge(p *Plan, d Docs, rec transcript.Record, now time.Time) []samlcheck.Finding {
	b := bench{docs: d, rec: rec, now: now, model: oracle.Learn(rec), landings: map[string]oracle.Landing{}}
	out := make([]samlcheck.Finding, 0, len(p.Checks)+len(p.Skipped))
	for _, c := range p.Checks {
		out = append(out, finding(c, b.judge(c)))
	}
	for _, s := range p.Skipped {
		out = append(out, finding(s.Check, samlcheck.NotApplicable("%s", s.Reason)))
	}
	return out
}

func finding(c samlcheck.Check, v samlcheck.Verdict) samlcheck.Finding {
	f := samlcheck.Finding{
		Check: c.ID, Title: c.Title, Level: c.Level.String(), Reach: c.Reach.String(), Outcome: v.Outcome(c.Level), Answer: v.Answer(),
		Because: v.Because, Evidence: v.Evidence,
	}
	if f.Because == "" {
		f.Because = "the judge gave no reason"
	}
	for _, cl := range c.Cites {
		f.Cites = append(f.Cites, cl.String())
	}
	if f.Outcome == samlcheck.Fail || f.Outcome == samlcheck.Warn {
		f.Remedy = c.Remedy
	}
	return f
}

// bench is one judging of one face's record.
type bench struct {
	docs     Docs
	rec      transcript.Record
	now      time.Time
	model    *oracle.Model
	landings map[string]oracle.Landing // by run id, of the controls that guard questions
}

func (b bench) judge(c samlcheck.Check) (v samlcheck.Verdict) {
	defer func() {
		if r := recover(); r != nil {
			v = samlcheck.Undecided("the check itself broke: %v", r)
		}
	}()
	if lacks := b.docs.lack(c.Reads); lacks != "" {
		return samlcheck.NotApplicable("document missing: %s", lacks)
	}
	kase := &samlcheck.Case{
		SP: b.docs.SP, IdP: b.docs.IdP, Whole: b.docs.Whole, Now: b.now, All: b.rec.Runs, Model: b.model,
		Runs: map[string]transcript.Run{},
	}
	for _, t := range c.Trials {
		run, ok := b.first(t)
		if !ok {
			if spare(t) || t.Only != "" && b.rec.Cut == "" {
				continue // the judge weighs what he has
			}
			return b.missing(t)
		}
		if f := run.Last().Fault; f != "" && t.Only == "" && !spare(t) {
			return samlcheck.Undecided("the harness failed in %q: %s", t.Name, f)
		}
		kase.Runs[t.Name] = run
	}
	if c.Then != nil {
		for _, t := range c.Then(kase) {
			if run, ok := b.first(t); ok {
				kase.Runs[t.Name] = run
			}
		}
	}
	if why := b.unguarded(c, kase); why != "" {
		return samlcheck.Undecided("%s", why)
	}
	return c.Judge(kase)
}

// spare says that a trial is a control which its judge weighs himself, and can
// do without.
func spare(t trial.Trial) bool { return t.Role == trial.Control && t.Want == "" }

// lack says which document of those that are read was not given, if any.
func (d Docs) lack(reads samlcheck.Input) string {
	switch {
	case reads&samlcheck.SPMetadata != 0 && d.SP == nil:
		return "no service provider metadata was given"
	case reads&samlcheck.IdPMetadata != 0 && d.IdP == nil:
		return "no identity provider metadata was given"
	case reads&samlcheck.Aggregate != 0 && d.Whole == nil:
		return "no aggregate was given (`samlcheck lint` reads them)"
	}
	return ""
}

func (b bench) missing(t trial.Trial) samlcheck.Verdict {
	if b.rec.Cut != "" {
		return samlcheck.Undecided("the run was cut short before %q (%s)", t.Name, b.rec.Cut)
	}
	return samlcheck.NotApplicable("not performed: trial %q is not in this transcript", t.Name)
}

func (b bench) first(t trial.Trial) (transcript.Run, bool) {
	key := t.Key()
	for _, r := range b.rec.Runs {
		if r.Key == key && r.Again == 0 {
			return r, true
		}
	}
	return transcript.Run{}, false
}

// unguarded says which control failed a question of the check, if any. Each
// question must stand between two performances of each control that landed as
// wanted: the nearest before and the nearest after.
func (b bench) unguarded(c samlcheck.Check, kase *samlcheck.Case) string {
	for _, q := range c.Trials {
		if q.Role != trial.Probe {
			continue
		}
		run, performed := kase.Runs[q.Name]
		if !performed {
			continue // of a shape that is refused
		}
		seq := run.Seq
		for _, g := range c.Trials {
			if g.Role != trial.Control || g.Want == "" {
				continue
			}
			before, after := b.around(string(g.Part), seq)
			if before == nil {
				return fmt.Sprintf("control %q was not performed before %q", g.Name, q.Name)
			}
			if l := b.land(*before); l.Where != g.Want {
				return fmt.Sprintf("control %q landed %s before the question, it should be %s: %s", g.Name, l.Where, g.Want, l.Because)
			}
			if after == nil {
				return fmt.Sprintf("control %q was not repeated after %q: the run was cut short", g.Name, q.Name)
			}
			if l := b.land(*after); l.Where != g.Want {
				return fmt.Sprintf("control %q landed %s after the question, it should be %s: %s", g.Name, l.Where, g.Want, l.Because)
			}
		}
	}
	return ""
}

// around finds the performances of a part nearest to seq.
func (b bench) around(part string, seq int) (before, after *transcript.Run) {
	for i := range b.rec.Runs {
		r := &b.rec.Runs[i]
		switch {
		case r.Part != part:
		case r.Seq < seq:
			before = r
		case r.Seq > seq && after == nil:
			after = r
		}
	}
	return before, after
}

func (b bench) land(r transcript.Run) oracle.Landing {
	l, ok := b.landings[r.ID]
	if !ok {
		l = b.model.Land(r.Last())
		b.landings[r.ID] = l
	}
	return l
}
