package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/transcript"
)

// FaceOf gathers one face's results. The landings are read from the record
// anew; jit is nil when the JIT experiment was not part of the run.
func FaceOf(rec transcript.Record, findings []samlcheck.Finding, jit *oracle.JIT) Face {
	f := Face{
		Face: rec.Face, Run: rec.RunID, Browser: rec.Browser, Cut: rec.Cut, JIT: jit,
		Findings: findings, Landings: []Landing{}, Diagnosis: []Diagnosis{},
	}
	if f.Findings == nil {
		f.Findings = []samlcheck.Finding{}
	}
	model := oracle.Learn(rec)
	for _, run := range rec.Runs {
		for _, s := range run.Steps {
			f.Landings = append(f.Landings, landing(model, run, s))
		}
	}
	f.Scenes = scenes(rec, model, f)
	return f
}

func landing(model *oracle.Model, run transcript.Run, s transcript.Step) Landing {
	l := Landing{
		Run: run.ID, Trial: run.Trial, Step: s.Name, Do: s.Do, Person: s.Person, Began: s.Began, Took: s.Took,
		Status: s.Rest().Status, At: s.Rest().URL, IDs: requestIDs(s),
	}
	if s.Request != nil {
		l.Asked = s.Request.Binding
	}
	l.Sent = sentWords(s.Sent)
	switch {
	case s.Fault != "":
		l.Because = "the harness could not do it: " + s.Fault
	case len(s.Login) == 0 && len(s.Visits) == 0 && len(s.Looks) == 0 && s.Members == nil && s.Person != "":
		l.Because = "asked for, unless the members view showed the person already or there is no way to ask"
	case len(s.Looks) > 0:
		l.Because = fmt.Sprintf("looked %d times in %s", len(s.Looks), time.Duration(s.Looks[len(s.Looks)-1].After)*time.Millisecond)
	case s.Refusal != "":
		l.Because = "the identity provider refused: " + s.Refusal
	case len(s.Surface) > 0:
		l.Because = fmt.Sprintf("%d places were asked, and nothing followed", len(s.Surface))
	case len(s.Login) == 0 && len(s.Visits) == 0:
		l.Because = viewWords(s.Members)
	default:
		at := model.Land(s)
		l.Landing, l.As, l.Because, l.Weak = string(at.Where), at.As, at.Because, at.Weak
	}
	return l
}

func sentWords(m *transcript.Message) string {
	if m == nil {
		return ""
	}
	said := "response, unsigned"
	if m.Signed != "" {
		said = "response, signed: " + m.Signed
	}
	if len(m.Changed) > 0 {
		said += ", forged: " + strings.Join(m.Changed, ", ")
	}
	return said
}

func viewWords(v *transcript.View) string {
	switch {
	case v == nil:
		return "no members view was given"
	case v.Error != "":
		return "the members view could not be read: " + v.Error
	}
	var shown []string
	for _, ref := range slices.Sorted(maps.Keys(v.Entries)) {
		if n := v.Entries[ref]; n == 1 {
			shown = append(shown, ref)
		} else if n > 1 {
			shown = append(shown, fmt.Sprintf("%s (%d times)", ref, n))
		}
	}
	return fmt.Sprintf("the members view has %d entries; of this run's people it lists %s", v.Total, orNobody(shown))
}

func orNobody(names []string) string {
	if len(names) == 0 {
		return "nobody"
	}
	return strings.Join(names, ", ")
}

// requestIDs are the service provider's own ids of the requests of a step.
func requestIDs(s transcript.Step) []string {
	var out []string
	for _, h := range s.Login {
		for _, name := range slices.Sorted(maps.Keys(h.RequestIDs)) {
			if id := name + " " + h.RequestIDs[name]; !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// Finish counts the findings, weighs the expectations of the target file and
// settles the exit code. narrowed says that only some checks were selected:
// then an expectation about another one is left out instead of being unmet.
func (r *Report) Finish(expect map[string]target.Expected, narrowed bool) {
	r.Schema, r.Narrowed = Schema, narrowed
	r.Summary = Summary{}
	for _, f := range r.Faces {
		for _, x := range f.Findings {
			r.Summary.add(x.Outcome)
		}
	}
	r.Expect = nil
	for _, f := range r.Faces {
		for _, id := range slices.Sorted(maps.Keys(expect)) {
			got := f.answer(id)
			if got == "" && narrowed {
				continue
			}
			r.Expect = append(r.Expect, expectation(f.Face, id, got, expect[id], r.Finished))
		}
	}
	r.Summary.Exit = r.exit()
}

// expectation weighs one line of expect. An acceptance whose day is over is not
// met, whatever came: somebody must look at it again.
func expectation(face, id, got string, want target.Expected, now time.Time) Expectation {
	e := Expectation{Face: face, ID: id, Want: want.Is, Got: got, Because: want.Because, Met: satisfies(got, want.Is)}
	if !want.Until.IsZero() {
		e.Until = want.Until.Format(time.DateOnly)
		e.Expired = !now.Before(want.Until.AddDate(0, 0, 1))
		e.Met = e.Met && !e.Expired
	}
	return e
}

func (s *Summary) add(o samlcheck.Outcome) {
	switch o {
	case samlcheck.Pass:
		s.Pass++
	case samlcheck.Fail:
		s.Fail++
	case samlcheck.Warn:
		s.Warn++
	case samlcheck.Note:
		s.Info++
	case samlcheck.Skipped:
		s.Skipped++
	case samlcheck.Inconclusive:
		s.Inconclusive++
	default:
		s.Inconclusive++ // an outcome that this version does not know is no pass
	}
}

// Verdict is the JIT verdict as it may be printed: a leaning is undecided.
func Verdict(j oracle.JIT) oracle.Verdict {
	if j.Confidence == oracle.Leaning || j.Verdict == "" {
		return oracle.VerdictUndecided
	}
	return j.Verdict
}

// answer is what came of "jit" or of a check; "" when it was not asked.
func (f Face) answer(id string) string {
	if id == "jit" {
		if f.JIT == nil {
			return ""
		}
		return string(Verdict(*f.JIT))
	}
	for _, x := range f.Findings {
		if x.Check == id {
			return string(x.Outcome)
		}
	}
	return ""
}

// satisfies says whether an answer is among the wanted. What is not known never
// is, whatever the target file says.
func satisfies(got string, want []string) bool {
	if got == "" || got == string(oracle.VerdictUndecided) || got == string(samlcheck.Inconclusive) {
		return false
	}
	return slices.Contains(want, got)
}

// exit is law 7 of docs/architecture.md. A failure that the target file expects
// by name does not count as one.
func (r *Report) exit() int {
	for _, e := range r.Expect {
		if !e.Met {
			return ExitFailed
		}
	}
	judged, undecided := 0, false
	for _, f := range r.Faces {
		n, failed := r.weigh(f)
		if failed {
			return ExitFailed
		}
		judged += n
		if f.JIT == nil {
			continue
		}
		switch v := Verdict(*f.JIT); {
		case v == oracle.VerdictUndecided:
			undecided = true
		case v == oracle.Void && !r.expected(f.Face, "jit"):
			return ExitFailed // a forged login got in
		default:
			judged++
		}
	}
	if undecided || judged == 0 || r.Cut != "" {
		return ExitUndecided
	}
	return ExitGood
}

// weigh counts the findings of a face that judge anything, and says whether one
// of them is a failure that the target file does not expect.
func (r *Report) weigh(f Face) (judged int, failed bool) {
	for _, x := range f.Findings {
		switch x.Outcome {
		case samlcheck.Fail:
			failed = failed || !r.expected(f.Face, x.Check)
			judged++
		case samlcheck.Pass, samlcheck.Warn, samlcheck.Note:
			judged++
		case samlcheck.Inconclusive, samlcheck.Skipped:
		}
	}
	return judged, failed
}

func (r *Report) expected(face, id string) bool {
	e := r.expectation(face, id)
	return e != nil && e.Met
}

func (r *Report) expectation(face, id string) *Expectation {
	for i := range r.Expect {
		if e := &r.Expect[i]; e.Face == face && e.ID == id {
			return e
		}
	}
	return nil
}

// accepted says in words why a bad finding is no failure of this run: "" where
// it is one, or where the finding is not bad.
func (r *Report) accepted(face string, x samlcheck.Finding) string {
	e := r.expectation(face, x.Check)
	if e == nil || !e.Met || x.Outcome != samlcheck.Fail && x.Outcome != samlcheck.Warn {
		return ""
	}
	if e.Because == "" {
		return "expected"
	}
	return "accepted until " + e.Until + ": " + e.Because
}

// Unmet are the expectations that were not met.
func (r *Report) Unmet() []Expectation {
	var out []Expectation
	for _, e := range r.Expect {
		if !e.Met {
			out = append(out, e)
		}
	}
	return out
}
