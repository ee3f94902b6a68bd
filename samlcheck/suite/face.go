package suite

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/diagnose"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/idp"
	idpface "example.com/samepage/samlcheck/idp/face"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// face is one face's share of a run.
type face struct {
	name   string
	plan   *engine.Plan
	stage  *actor.Stage
	idpDoc *metadata.Doc
	record transcript.Record
}

// IdP opens the mock identity provider of a target, with its keys.
func IdP(name string, o Options) (*idp.IdP, error) {
	t, err := o.target()
	if err != nil {
		return nil, err
	}
	profile, err := idpface.New(name, t.IdP)
	if err != nil {
		return nil, usage{err, ""}
	}
	i, err := idp.New(profile, idp.Options{State: t.IdP.State, Now: o.Now})
	if err != nil {
		return nil, usage{err, ""}
	}
	return i, nil
}

func (j *job) openFaces(selected []samlcheck.Check) ([]*face, error) {
	var out []*face
	for _, name := range j.faces() {
		i, err := IdP(name, Options{Loaded: j.t, Now: j.o.Now})
		if err != nil {
			return nil, err
		}
		doc, err := metadata.Parse(i.Metadata(), "the mock "+name+" metadata")
		if err != nil {
			return nil, fmt.Errorf("suite: %w", err)
		}
		p := j.plan(selected)
		people := j.people(name, p)
		out = append(out, &face{
			name: name, plan: p, idpDoc: doc, stage: j.stage(i, people),
			record: transcript.Record{Face: name, Browser: j.t.Browser, RunID: j.runID, People: actor.Folded(people)},
		})
	}
	return out, nil
}

// people are the identities of one face's run. Every face has newcomers of its
// own: whom the first has brought an account is no newcomer to the second.
func (j *job) people(face string, p *engine.Plan) map[trial.Person]idp.Person {
	tag := j.runID
	if face != j.faces()[0] {
		tag += "-" + face
	}
	return actor.People(j.t, tag, append(enrolled(p), j.lacking()...))
}

func (j *job) stage(i *idp.IdP, people map[trial.Person]idp.Person) *actor.Stage {
	members := j.o.Members
	if members == nil {
		members = actor.FromTarget(j.t.Members, j.base)
		if j.asks() {
			members = actor.Asking(j.t.Members, j.asker(), slices.Collect(maps.Values(people)), j.base)
		}
	}
	stage := &actor.Stage{
		Target: j.t, IdP: i, SP: j.sp, People: people, Base: j.base, Members: members, Pause: j.courtesy(),
		CallBack: j.t.Loopback(),
		Browser: func(rt http.RoundTripper) browser.Browser {
			return j.profile(rt, i.Hosts())
		},
	}
	if j.hand != nil {
		j.hand.seat(stage)
	}
	return stage
}

// courtesy is how long the surface probe waits between two requests: not at
// all on this machine.
func (j *job) courtesy() time.Duration {
	if j.t.Loopback() {
		return 0
	}
	return 300 * time.Millisecond
}

// consent refuses a run that the target's owner did not allow: before anything
// is sent, and with what would allow it.
func (j *job) consent(faces []*face) error {
	may := j.may()
	if may.Accounts && may.Forgery || j.t.Loopback() {
		return nil
	}
	for _, f := range faces {
		if len(j.o.Select) > 0 && len(f.plan.Checks) == 0 && len(f.plan.Skipped) > 0 {
			return usagef("add `allow: [accounts, forgery]` if it is yours to test; `samlcheck plan` shows what would be sent",
				"suite: %s is not on this machine, and the target file does not allow it: %s",
				j.t.Hosts()[0], f.plan.Skipped[0].Reason)
		}
	}
	// Looking as nobody needs no more than that the host is named.
	logins := slices.ContainsFunc(faces, func(f *face) bool { return f.plan.Cost().Logins > 0 || len(f.plan.Skipped) > 0 })
	if logins && !may.Accounts && !may.Forgery && len(j.t.Allow) == 0 {
		return usagef("add `allow: [accounts, forgery]` if it is yours to test; `samlcheck plan` shows what would be sent",
			"suite: %s is not on this machine, and the target file allows neither new accounts nor forged messages there", j.t.Hosts()[0])
	}
	return nil
}

// redactor hides the known member and the target file's secrets.
func (j *job) redactor(faces []*face) (*bundle.Redactor, error) {
	r := bundle.Rules{Keep: append(j.t.Hosts(), j.t.People.Fresh.Domain), Hidden: j.t.Hidden(), Shown: j.o.Keep.Identities, Key: j.hand.key()}
	for _, f := range faces {
		r.Keep = append(r.Keep, f.stage.IdP.Hosts()...)
		if p, ok := f.record.Person(string(trial.Known)); ok {
			r.Known = &p
			r.Values = personal(j.t.People.Known)
		}
	}
	return bundle.NewRedactor(r)
}

// judge gives the face's part of the report.
func (f *face) judge(sp *metadata.Doc, now time.Time) report.Face {
	findings := engine.Judge(f.plan, engine.Docs{SP: sp, IdP: f.idpDoc}, f.record, now)
	var jit *oracle.JIT
	if slices.ContainsFunc(f.plan.Checks, func(c samlcheck.Check) bool { return c.ID == JIT }) {
		v := oracle.Learn(f.record).JIT()
		jit = &v
	}
	out := report.FaceOf(f.record, findings, jit)
	in := diagnose.Input{Record: f.record, Findings: findings, SP: sp, IdP: f.idpDoc, JIT: jit}
	out.Diagnosis = diagnose.Of(in)
	if words := diagnose.Stages(in); words != nil {
		captured(out.Landings, words)
	}
	return out
}
