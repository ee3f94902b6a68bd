package engine

import (
	"fmt"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

// batch is how many questions are asked before the controls are repeated: an
// SP that locks us out half-way costs at most so many answers.
const batch = 16

// A Plan is the work to do, each distinct trial once, in the order of the
// catalogue: experiments keep the order of their steps.
type Plan struct {
	Checks  []samlcheck.Check // what will be judged
	Skipped []Skip            // what will not, and why
	Trials  []trial.Trial     // the distinct trials, in order of first mention
}

// Skip is one check that is left out, with its reason.
type Skip struct {
	Check  samlcheck.Check
	Reason string
}

// A Performance is one entry of the order of work.
type Performance struct {
	Trial trial.Trial
	Again int // 0 the first time, 1.. a control repeated after a batch
}

// Permission says what may be done to the service provider.
type Permission struct {
	Accounts bool   // logins of people who were never there
	Forgery  bool   // responses that are not what they seem
	Load     bool   // messages that cost much memory or time
	Why      string // how the reader can give a missing permission

	// Cannot says why a trial cannot be done to this service provider at all
	// ("not applicable: ..."), "" where it can; nil where everything can.
	Cannot func(trial.Trial) string
}

// NewPlan merges the trials of the checks, leaving out what is not permitted. A
// check that asks a forbidden question is skipped; an experiment that only
// leans on a forbidden control goes on without it, and its judge knows.
func NewPlan(checks []samlcheck.Check, may Permission) *Plan {
	p := &Plan{}
	seen := map[string]bool{}
	for _, c := range checks {
		kept, reason := permitted(c.Trials, may)
		if reason != "" {
			p.Skipped = append(p.Skipped, Skip{c, reason})
			continue
		}
		c.Trials = kept
		p.Checks = append(p.Checks, c)
		for _, t := range kept {
			if !seen[t.Key()] {
				seen[t.Key()] = true
				p.Trials = append(p.Trials, t)
			}
		}
	}
	return p
}

func permitted(ts []trial.Trial, may Permission) (kept []trial.Trial, reason string) {
	for _, t := range ts {
		forges, enrols := Needs(t)
		cannot := ""
		if may.Cannot != nil {
			cannot = may.Cannot(t)
		}
		switch {
		case spare(t) && (cannot != "" || forges && !may.Forgery):
			continue
		case cannot != "":
			return nil, cannot
		case enrols && !may.Accounts:
			return nil, "not permitted: it may create accounts. " + may.Why
		case heavy(t) && !may.Load:
			return nil, "not permitted: it costs the service provider much memory or time. Add `load` to `allow` in the target file if it may"
		case forges && !may.Forgery:
			return nil, "not permitted: it sends forged messages. " + may.Why
		}
		kept = append(kept, t)
	}
	return kept, ""
}

// heavy says whether the trial counts as load.
func heavy(t trial.Trial) bool {
	for _, s := range t.Steps {
		if do, ok := s.Do.(trial.Login); ok && do.Heavy {
			return true
		}
	}
	return false
}

// Needs says what a trial asks of the target's owner: to be sent forged
// messages, or to receive people who were never there.
func Needs(t trial.Trial) (forgery, accounts bool) {
	for _, s := range t.Steps {
		switch do := s.Do.(type) {
		case trial.Login:
			forgery = forgery || len(do.Forge) > 0 || do.Unusual()
			accounts = accounts || do.As != trial.Known && !do.Deny
		case trial.Invite, trial.Disable, trial.Remove, trial.AtOnce:
			accounts = true
		case trial.Resend:
			forgery = true
		case trial.Logout:
			forgery = forgery || len(do.Forge) > 0
		case trial.Look, trial.Members, trial.Surface:
		}
	}
	return forgery, accounts
}

// Order is the order of work: the trials, with the controls of the questions
// repeated after every batch of them and at the end.
func (p *Plan) Order() []Performance {
	guards := p.guards()
	var out []Performance
	open, round := 0, 0
	repeat := func() {
		if open == 0 {
			return
		}
		round++
		for _, g := range guards {
			out = append(out, Performance{g, round})
		}
		open = 0
	}
	for _, t := range p.Trials {
		out = append(out, Performance{Trial: t})
		if t.Role == trial.Probe {
			if open++; open == batch {
				repeat()
			}
		}
	}
	repeat()
	return out
}

// guards are the controls whose landing the engine itself vouches for, one of
// each part: repeating known-1 and known-2 would say the same twice.
func (p *Plan) guards() []trial.Trial {
	var out []trial.Trial
	have := map[trial.Part]bool{}
	for _, c := range p.Checks {
		for _, t := range c.Trials {
			if t.Role == trial.Control && t.Want != "" && !have[t.Part] && hasProbe(c.Trials) {
				have[t.Part] = true
				out = append(out, t)
			}
		}
	}
	return out
}

func hasProbe(ts []trial.Trial) bool {
	for _, t := range ts {
		if t.Role == trial.Probe {
			return true
		}
	}
	return false
}

// Cost is what a plan will do to the target, for people to read beforehand.
type Cost struct {
	Logins   int      // logins that reach the SP, repeated controls included
	Forged   int      // of them, with forged messages
	Enrolled []string // symbolic persons who may have an account afterwards
	Invented bool     // and somebody whose address begins with the known member's
}

// Cost counts what the plan will do.
func (p *Plan) Cost() Cost {
	var c Cost
	seen := map[trial.Person]bool{}
	enrol := func(who trial.Person) {
		if who != trial.Known && !seen[who] {
			seen[who] = true
			c.Enrolled = append(c.Enrolled, string(who))
		}
	}
	for _, perf := range p.Order() {
		for _, s := range perf.Trial.Steps {
			switch do := s.Do.(type) {
			case trial.Resend:
				c.Logins++
				c.Forged++
			case trial.Invite:
				enrol(do.Who)
			case trial.AtOnce:
				c.Logins += 2
				enrol(do.As)
			case trial.Login:
				c.Logins++
				if len(do.Forge) > 0 || do.Unusual() {
					c.Forged++
				}
				c.Invented = c.Invented || vouchesForCarried(do)
				enrol(do.As)
			}
		}
	}
	return c
}

// vouchesForCarried says whether the IdP signs a name made from another
// person's, so that an account of that name may come of it.
func vouchesForCarried(do trial.Login) bool {
	if do.Carry == "" {
		return false
	}
	for _, m := range do.Forge {
		if m.Stage == forge.BeforeSigning {
			return true
		}
	}
	return false
}

func (p Performance) id(face string, seq int) string { return fmt.Sprintf("%s/%03d", face, seq) }
