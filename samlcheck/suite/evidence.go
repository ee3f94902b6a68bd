package suite

import (
	"fmt"
	"slices"

	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/checks"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

// evidence is the bundle of a run, or nothing where none was asked for.
type evidence struct {
	w   *bundle.Writer
	c   bundle.Contents
	zip bool
}

// open begins the bundle before the first login, so that the remains of a
// killed run can be judged.
func (j *job) open(head *report.Report, faces []*face, red *bundle.Redactor) (*evidence, error) {
	e := &evidence{c: bundle.Contents{
		Report: head, SP: j.doc, Plans: map[string]*engine.Plan{}, IdP: map[string]*metadata.Doc{}, Target: j.t.Source(),
	}}
	for _, f := range faces {
		e.c.Plans[f.name], e.c.IdP[f.name] = f.plan, f.idpDoc
	}
	if j.o.Out == "" {
		return e, nil
	}
	if err := j.keep(e); err != nil {
		return nil, err
	}
	if j.hand.goesOnWith() {
		return e, j.hand.resume(e, red)
	}
	w, err := bundle.Create(j.o.Out, bundle.Name(j.t.Name, head.Started), red)
	if err != nil {
		return nil, usage{err, "--out names another folder for the evidence"}
	}
	e.w = w
	if len(j.o.Keep.SealRaw) > 0 {
		if err := w.Raw(j.o.Keep.SealRaw); err != nil {
			return e, err
		}
	}
	if err := w.Open(e.c); err != nil {
		return e, err
	}
	return e, j.hand.keep(w.Path())
}

func (e *evidence) begin(f *face) error {
	if e.w == nil {
		return nil
	}
	return e.w.Begin(f.record)
}

// append keeps a run, and returns it redacted.
func (e *evidence) append(face string, r transcript.Run, red *bundle.Redactor) (transcript.Run, error) {
	if e.w == nil {
		return red.Run(r), nil
	}
	return e.w.Append(face, r)
}

// cut notes why a face's run ended early. Where even that cannot be written,
// the end of the file says it.
func (e *evidence) cut(f *face) {
	if e.w != nil {
		_ = e.w.Cut(f.name, f.record.Cut)
	}
}

// finish closes the bundle. One that cannot be written whole stays readable
// under its temporary name, and the error says where.
func (e *evidence) finish() (string, error) {
	if e.w == nil {
		return "", nil
	}
	if err := e.w.Finish(e.c); err != nil {
		return e.w.Abort(err.Error()), err
	}
	if e.zip {
		if _, err := bundle.Zip(e.w.Path()); err != nil {
			return e.w.Path(), err
		}
	}
	return e.w.Path(), nil
}

// Judge judges a bundle again, offline, with this version's catalogue. The
// moment at which certificates are looked at is the run's own. The remains of a
// run that was cut short are judged too, and the report says so.
func Judge(path string) (*report.Report, error) {
	b, err := bundle.Read(path)
	if err != nil {
		return nil, usage{err, "name the folder of a bundle, or the .partial remains of a run"}
	}
	rep := b.Report
	then := rep.Faces
	rep.Tool, rep.Faces = tool(), nil
	if b.Note != "" {
		rep.Cut = b.Note
	}
	for _, rec := range b.Records {
		f := &face{name: rec.Face, record: rec, plan: replan(b, rec), idpDoc: b.IdP(rec.Face)}
		rep.Faces = append(rep.Faces, f.judge(b.SP, rep.Started))
		if i := slices.IndexFunc(then, func(o report.Face) bool { return o.Face == rec.Face }); i >= 0 {
			rep.Faces[len(rep.Faces)-1].Accounts = then[i].Accounts // nobody can look again
		}
		if rec.Cut != "" {
			rep.Cut = rec.Cut
		}
	}
	rep.Finish(b.Expect(), b.Narrowed())
	return &rep, nil
}

// redacted is a document without the known member, should he be its contact.
func redacted(doc *metadata.Doc, red *bundle.Redactor) (*metadata.Doc, error) {
	if doc == nil {
		return nil, nil
	}
	clean, err := metadata.Parse([]byte(red.String(string(doc.Raw))), doc.Source)
	if err != nil {
		return nil, fmt.Errorf("suite: %s, redacted: %w", doc.Source, err)
	}
	clean.Copy = true
	return clean, nil
}

// replan rebuilds a face's plan from the catalogue of today. A check that did not
// exist then is judged as well where the record answers it already, unless the
// run was of a selection.
func replan(b *bundle.Bundle, rec transcript.Record) *engine.Plan {
	p := b.Plan(rec.Face)
	want, why := map[string]bool{}, map[string]string{}
	for _, id := range p.Checks {
		want[id] = true
	}
	for _, s := range p.Skipped {
		why[s.Check] = s.Reason
	}
	answered := answerable(rec, b.SP, b.IdP(rec.Face))
	out := &engine.Plan{}
	for _, c := range checks.All() {
		reason, skipped := why[c.ID]
		switch {
		case want[c.ID], !skipped && !b.Narrowed() && answered(c):
			out.Checks = append(out.Checks, c)
		case skipped:
			out.Skipped = append(out.Skipped, engine.Skip{Check: c, Reason: reason})
		}
	}
	return out
}
