// Package suite is the front door for Go users: it runs the catalogue against
// one target and says what came of it.
//
//	suite.Test(t, suite.Options{Target: "target.yaml"})            // sub-tests, one per face and check
//	res, err := suite.Run(ctx, suite.Options{Target: "target.yaml"}) // the report and the bundle
//
// Everything that it sends goes to the hosts that the target names. It prints
// nothing and never exits; what a person reads is package report's business.
package suite

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/checks"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// Result is what came of a run.
type Result struct {
	Report *report.Report
	Bundle string // path of the bundle's folder; "" when none was asked for

	redactor *bundle.Redactor
}

// Revealed is the report with the real names put back, for the reader at this
// machine and nobody else: bundles and reports carry pseudonyms.
func (r *Result) Revealed() report.Report { return r.redactor.RevealReport(*r.Report) }

// Hidden is what the bundle hides and what stands in its place, for the eyes of
// the person at this machine.
func (r *Result) Hidden() []bundle.Replacement { return r.redactor.Preview() }

// Run plans, performs and judges. A run that stops early (a dead service
// provider, a cancelled context, a full disk) returns what was seen together
// with the error; the bundle, if one was asked for, holds it too.
//
// Errors that the user can mend are ErrUsage; engine.ErrUnreachable says that
// the service provider does not answer; a cancelled context is the context's
// own error.
func Run(ctx context.Context, o Options) (*Result, error) {
	selected, err := choose(o.Profile, o.Select)
	if err != nil {
		return nil, err
	}
	j, err := prepare(ctx, o)
	if err != nil {
		return nil, err
	}
	if j.asks() && j.o.Ask == nil && j.t.Browser != byPerson {
		return nil, usagef("run it at a terminal, or give members.list a command, a url or a file",
			"suite: members.list asks a person, and there is no terminal to ask at")
	}
	if j.hand, err = j.offer(ctx, selected); err != nil {
		return nil, err
	}
	defer j.hand.close(ctx)
	faces, err := j.openFaces(selected)
	if err != nil {
		return nil, err
	}
	if err := j.consent(faces); err != nil {
		return nil, err
	}
	red, err := j.redactor(faces)
	if err != nil {
		return nil, err
	}
	if err := j.openWindow(ctx); err != nil {
		return nil, err
	}
	defer j.window.close()
	return j.run(ctx, faces, red)
}

// run performs and judges every face, and closes the bundle whatever happened.
func (j *job) run(ctx context.Context, faces []*face, red *bundle.Redactor) (*Result, error) {
	rep := &report.Report{
		Tool: tool(), Started: j.now().UTC(), Again: j.command(),
		Target:   report.Target{Name: j.t.Name, EntityID: j.sp.EntityID, Hosts: j.t.Hosts()},
		Narrowed: len(j.o.Select) > 0 || j.o.Profile != "" && j.o.Profile != "full",
	}
	if j.hand.goesOnWith() {
		rep.Started = j.hand.remains.Started
	}
	stopped := j.greet(ctx)
	if j.hand != nil && ctx.Err() == nil {
		stopped = nil // where only a person's browser gets in, we need not
	}
	rep.Target.Kind = j.kind(stopped)
	w, err := j.open(rep, faces, red)
	if err != nil {
		return nil, err
	}
	j.window.red, j.window.evidence = red, w
	// The documents are judged as the bundle will hold them, too.
	doc, err := redacted(j.doc, red)
	if err != nil {
		return nil, err
	}
	stopped = j.performAll(ctx, rep, faces, doc, red, w, stopped)
	rep.Finished = j.now().UTC()
	rep.Finish(j.t.Expect, rep.Narrowed)
	clean := red.Report(*rep)
	out := &Result{Report: &clean, redactor: red}
	return out, j.closed(w, out, stopped) //nolint:contextcheck // what was seen is kept, also of a run that was cancelled
}

// kind says what was tested: nothing, where it could not be reached.
func (j *job) kind(stopped error) string {
	switch {
	case stopped != nil:
		return ""
	case j.standIn:
		return report.StandIn
	}
	return report.LiveTarget
}

// performAll performs and judges the faces one after the other, and says why it
// stopped early. stopped is why nothing can be performed at all; nil where it can.
func (j *job) performAll(ctx context.Context, rep *report.Report, faces []*face, doc *metadata.Doc, red *bundle.Redactor, w *evidence, stopped error) error {
	for _, f := range faces {
		if stopped == nil {
			stopped = j.performFace(ctx, f, red, w)
		} else {
			stopped = errors.Join(stopped, w.begin(f))
		}
		if stopped != nil {
			f.record.Cut = cause(stopped)
			rep.Cut = f.record.Cut
			w.cut(f)
		}
		rep.Faces = append(rep.Faces, f.judge(doc, rep.Started))
	}
	if j.hand != nil && stopped == nil {
		j.hand.Guide.End()
	}
	for i, f := range faces {
		if j.hand == nil || stopped == nil { // else the run goes on another time
			rep.Faces[i].Accounts = j.clean(ctx, f, red)
		}
	}
	return stopped
}

// closed ends the bundle: a run by hand that stopped is left so that it can go on.
func (j *job) closed(w *evidence, out *Result, stopped error) (err error) {
	if j.hand != nil && w.w != nil {
		if stopped != nil {
			out.Bundle, err = w.w.Pause()
			return errors.Join(stopped, err)
		}
		defer func() { _ = j.hand.over() }() // an old note of a finished run is found out by its bundle
	}
	if out.Bundle, err = w.finish(); errors.Is(stopped, err) {
		return stopped // the same full disk, told once
	}
	return errors.Join(stopped, err)
}

// performFace does one face's work. What a judge will read is the redacted
// record, in the run as well as later, so that judging the bundle again gives
// the same findings.
func (j *job) performFace(ctx context.Context, f *face, red *bundle.Redactor, w *evidence) error {
	if !j.hand.begun(f.name) {
		if err := w.begin(f); err != nil {
			return err
		}
		f.record.People = red.People(f.record.People)
	}
	if j.hand != nil {
		return j.performByHand(ctx, f, red, w)
	}
	f.stage.Watch = j.watching(f, red)
	if err := j.performPlan(ctx, f, f.plan, 0, red, w); err != nil {
		return err
	}
	return j.minimise(ctx, f, red, w)
}

// performPlan performs one plan of a face; number is how many runs there are.
func (j *job) performPlan(ctx context.Context, f *face, p *engine.Plan, number int, red *bundle.Redactor, w *evidence) error {
	return engine.Perform(ctx, p, engine.Stage{
		Face: f.name, Number: number, Actor: f.stage.New, Now: j.now, Wait: j.o.Wait, Parallel: j.o.Parallel,
		Emit: func(r transcript.Run) error {
			clean, err := w.append(f.name, r, red)
			f.record.Runs = append(f.record.Runs, clean)
			return err
		},
		Seen: func() transcript.Record { return f.record },
		Told: func(done, of int, t trial.Trial) {
			if j.o.Progress != nil {
				j.o.Progress(Event{Face: f.name, Trial: t.Name, Done: done, Of: of})
			}
		},
	})
}

// cause is why a run stopped, in words for a report.
func cause(err error) string {
	switch {
	case errors.Is(err, engine.ErrUnreachable):
		return err.Error()
	case errors.Is(err, context.Canceled):
		return "interrupted"
	case errors.Is(err, context.DeadlineExceeded):
		return "the time for the whole run was up"
	}
	return err.Error()
}

// choose selects checks of a profile by id, or by the first part of their ids.
func choose(profile string, paths []string) (selected []samlcheck.Check, err error) {
	all, err := checks.Profile(profile)
	if err != nil {
		return nil, usage{err, ""}
	}
	if len(paths) == 0 {
		return all, nil
	}
	for _, p := range paths {
		if !slices.ContainsFunc(checks.All(), func(c samlcheck.Check) bool { return matches(c.ID, p) }) {
			return nil, usagef("`samlcheck checks` lists them", "suite: no check is called %q", p)
		}
	}
	for _, c := range all {
		if slices.ContainsFunc(paths, func(p string) bool { return matches(c.ID, p) }) {
			selected = append(selected, c)
		}
	}
	return selected, nil
}

func matches(id, path string) bool {
	ok, err := filepath.Match(path, id)
	return id == path || filepath.Dir(id) == path || err == nil && ok
}

// JIT is the id of the check that asks whether a first login creates the account.
const JIT = "provisioning/jit-on-first-login"

func tool() report.Tool {
	return report.Tool{Name: "samlcheck", Version: Version(), Catalogue: checks.Digest()}
}
