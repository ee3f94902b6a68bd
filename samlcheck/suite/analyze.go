package suite

import (
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/capture"
	"example.com/samepage/samlcheck/checks"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

// AnalyzeOptions says what is known beside a capture.
type AnalyzeOptions struct {
	Name    string        // what it is called in reports: the file's name
	SP, IdP *metadata.Doc // nil where none is given
	Out     string        // folder in which the bundle is written; "" writes none
	Command string        // how the user called us, for the bundle's REPRODUCE.md

	Identities bool // names and addresses stay readable in the bundle
}

// Analysis is what came of a capture.
type Analysis struct {
	Result
	Notes []string // what a reader should know of the file
}

// Analyze reads a recording of a login and judges what can be judged without a
// new exchange: the documents, the request, and how the login came to its end.
// Nothing is sent. Everything is judged at the time of the recording.
func Analyze(in io.Reader, o AnalyzeOptions) (*Analysis, error) {
	res, err := capture.Read(in, capture.Options{SP: o.SP, IdP: o.IdP})
	if err != nil {
		return nil, usage{err, hintOf(err)}
	}
	rules := bundle.Rules{Keep: append(slices.Clone(res.Hosts), res.Known...), Hidden: res.Secret, Shown: o.Identities}
	if p, ok := res.Record.Person(string(trial.Known)); ok {
		rules.Known = &p
	}
	red, err := bundle.NewRedactor(rules)
	if err != nil {
		return nil, err
	}
	f := &face{name: res.Record.Face, record: red.Record(res.Record), idpDoc: o.IdP}
	f.plan = &engine.Plan{}
	answered := answerable(f.record, o.SP, o.IdP)
	for _, c := range checks.All() {
		if answered(c) {
			f.plan.Checks = append(f.plan.Checks, c)
		}
	}
	rep := &report.Report{
		Tool: tool(), Started: res.Began, Finished: res.Ended, Again: o.Command, Narrowed: true,
		Target: report.Target{Name: filepath.Base(o.Name), Kind: report.Capture, Hosts: slices.Clone(res.Hosts), EntityID: entityOf(f.record, o.SP)},
	}
	if rep.Started.IsZero() {
		rep.Started = time.Unix(0, 0).UTC()
		res.Notes = append(res.Notes, "the capture says nowhere when it was made: dates are not judged")
	}
	sp, err := redacted(o.SP, red)
	if err != nil {
		return nil, err
	}
	w := &evidence{c: bundle.Contents{Report: rep, SP: o.SP, Plans: map[string]*engine.Plan{f.name: f.plan}, IdP: map[string]*metadata.Doc{f.name: o.IdP}}}
	if err := w.keep(f, res.Record, o.Out, red); err != nil {
		return nil, err
	}
	rep.Faces = []report.Face{f.judge(sp, rep.Started)}
	rep.Finish(nil, true)
	clean := red.Report(*rep)
	out := &Analysis{Result: Result{Report: &clean, redactor: red}, Notes: res.Notes}
	out.Bundle, err = w.finish()
	return out, err
}

// keep writes the record of a capture into a bundle, where one is asked for.
func (e *evidence) keep(f *face, rec transcript.Record, out string, red *bundle.Redactor) error {
	if out == "" {
		return nil
	}
	w, err := bundle.Create(out, bundle.Name(e.c.Report.Target.Name, e.c.Report.Started), red)
	if err != nil {
		return usage{err, "-o names another folder for the evidence"}
	}
	e.w = w
	if err := w.Open(e.c); err != nil {
		return err
	}
	if err := w.Begin(rec); err != nil {
		return err
	}
	for _, run := range rec.Runs {
		if _, err := w.Append(f.name, run); err != nil {
			return err
		}
	}
	return nil
}

// answerable tells the checks that a record and the documents answer: those on
// the documents given, and those whose logins are all in the record.
func answerable(rec transcript.Record, sp, idp *metadata.Doc) func(samlcheck.Check) bool {
	have := map[string]bool{}
	for _, run := range rec.Runs {
		have[run.Key] = true
	}
	var reads samlcheck.Input
	if sp != nil {
		reads |= samlcheck.SPMetadata
	}
	if idp != nil {
		reads |= samlcheck.IdPMetadata
	}
	pages := paged(rec)
	return func(c samlcheck.Check) bool {
		lacking := slices.ContainsFunc(c.Trials, func(t trial.Trial) bool { return !have[t.Key()] })
		if c.Reads&^reads != 0 || lacking || len(c.Trials) == 0 && c.Reads == 0 {
			return false
		}
		// Without pages there is nothing to be said of them.
		return len(c.Trials) == 0 || pages || strings.HasPrefix(c.ID, "request/")
	}
}

func paged(rec transcript.Record) bool {
	return slices.ContainsFunc(rec.Runs, func(r transcript.Run) bool { return len(r.Last().Login) > 0 })
}

// captured takes out of the landings what only controls could tell, and says how
// far the login was seen to come.
func captured(ls []report.Landing, words map[string]string) {
	for i := range ls {
		l := &ls[i]
		l.Trial, l.Landing, l.As, l.Weak = "captured login", "", "", ""
		if why, ok := words[l.Run+"#"+l.Step]; ok {
			l.Because = why
		}
	}
}

// entityOf is the service provider's name: by its metadata, else by its request.
func entityOf(rec transcript.Record, sp *metadata.Doc) string {
	if sp != nil {
		return sp.EntityID()
	}
	return capture.Issuer(rec)
}

func hintOf(err error) string {
	if h, ok := err.(interface{ Hint() string }); ok { //nolint:errorlint // capture returns it bare
		return h.Hint()
	}
	return ""
}
