package suite

import (
	"context"
	"slices"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/checks"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/trial"
)

// PlanInfo is what a run would do, for people to read beforehand.
type PlanInfo struct {
	Target string     `json:"target"`
	Hosts  []string   `json:"hosts"` // all that it will talk to
	Faces  []FacePlan `json:"faces"`
}

// FacePlan is one face's share of it.
type FacePlan struct {
	Face     string   `json:"face"`
	Checks   []string `json:"checks"`                    // ids, in order
	Skipped  []string `json:"skipped"`                   // "id: reason"
	Trials   []string `json:"trials"`                    // what will be done, in order
	Logins   int      `json:"logins"`                    // that reach the SP
	Forged   int      `json:"forged"`                    // of them, with forged messages
	Further  int      `json:"further,omitempty"`         // logins that follow, with as many accounts, if newcomers turn out to need more than the plain attributes
	Accounts []string `json:"accounts"`                  // addresses that may have an account afterwards
	Watched  int      `json:"watched_seconds,omitempty"` // that sessions are watched, at most

	// By hand (browser: manual): cards on the guided page, and clicks, about.
	Cards  int `json:"cards,omitempty"`
	Clicks int `json:"clicks,omitempty"`
}

// Plan says what Run would do with the same options. It reads the service
// provider's metadata if that is an address, and sends nothing else.
func Plan(ctx context.Context, o Options) (*PlanInfo, error) {
	selected, err := choose(o.Profile, o.Select)
	if err != nil {
		return nil, err
	}
	j, err := prepare(ctx, o)
	if err != nil {
		return nil, err
	}
	info := &PlanInfo{Target: j.t.Name, Hosts: j.t.Hosts()}
	for _, name := range j.faces() {
		p := j.plan(selected)
		info.Faces = append(info.Faces, j.facePlan(name, p, j.people(name, p)))
	}
	return info, nil
}

func (j *job) facePlan(name string, p *engine.Plan, people map[trial.Person]idp.Person) FacePlan {
	cost := p.Cost()
	fp := FacePlan{Face: name, Logins: cost.Logins, Forged: cost.Forged, Checks: ids(p.Checks), Skipped: []string{}}
	if j.t.Browser == byPerson {
		fp.Cards, fp.Clicks = effort(p, j.asks())
	}
	fp.Watched = j.watched(p)
	if slices.Contains(fp.Checks, JIT) && j.may().Accounts {
		fp.Further = len(j.lacking())
	}
	for _, s := range p.Skipped {
		fp.Skipped = append(fp.Skipped, s.Check.ID+": "+s.Reason)
	}
	for _, perf := range p.Order() {
		for _, s := range perf.Trial.Steps {
			fp.Trials = append(fp.Trials, perf.Trial.Name+": "+s.Do.String())
		}
	}
	for _, ref := range cost.Enrolled {
		if !j.invites() && onlyInvited(p, trial.Person(ref)) {
			continue
		}
		if a := people[trial.Person(ref)].Address(); !slices.Contains(fp.Accounts, a) {
			fp.Accounts = append(fp.Accounts, a)
		}
	}
	if fp.Further > 0 {
		for _, ref := range j.lacking() {
			fp.Accounts = append(fp.Accounts, people[ref].Address())
		}
		fp.Further++ // and the known member
	}
	if known := people[trial.Known].Email; cost.Invented && known != "" {
		fp.Accounts = append(fp.Accounts, known+"... (a forged name that begins so)")
	}
	return fp
}

// invites says whether the run has a way to invite people.
func (j *job) invites() bool {
	m := j.t.Members
	return j.o.Members != nil || j.asks() || m != nil && m.List != nil && m.Invite != nil && len(m.Invite.Command) > 0
}

// onlyInvited says whether the person never logs in.
func onlyInvited(p *engine.Plan, who trial.Person) bool {
	for _, t := range p.Trials {
		for _, s := range t.Steps {
			switch do := s.Do.(type) {
			case trial.Login:
				if do.As == who {
					return false
				}
			case trial.AtOnce:
				if do.As == who {
					return false
				}
			}
		}
	}
	return true
}

func ids(cs []samlcheck.Check) []string {
	out := make([]string, 0, len(cs))
	for _, c := range cs {
		out = append(out, c.ID)
	}
	return out
}

// enrolled are the persons who take part in a plan.
func enrolled(p *engine.Plan) []trial.Person {
	return trial.People(p.Trials)
}

// Select returns the checks that the paths name, in catalogue order: ids,
// subjects ("response") or patterns ("response/*-foreign"). No path is all.
func Select(profile string, paths ...string) ([]samlcheck.Check, error) {
	return choose(profile, paths)
}

// Catalogue is every check.
func Catalogue() []samlcheck.Check { return checks.All() }
