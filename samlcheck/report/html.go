package report

import (
	_ "embed" // the page's templates
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/oracle"
)

//go:embed report.tmpl.html
var page string

//go:embed report.tmpl.css
var style string

//go:embed scene.tmpl.html
var scenePage string

// WriteHTML writes report.html: one file, no script, nothing loaded from
// anywhere; readable on a phone, in the dark, on paper and by a screen reader.
func WriteHTML(w io.Writer, r *Report) error {
	t := template.New("report").Funcs(template.FuncMap{
		"label": label, "face": faceName, "facesAs": facesAs, "short": short, "brief": brief, "place": place, "unmet": unmet, "join": strings.Join,
		"headline": headline, "left": func(ts []todo, n int) int { return len(ts) - n }, "lines": wholeLines, "near": nearLines, "changes": changes, "lower": strings.ToLower,
		"clock": func(t time.Time) string { return t.UTC().Format("15:04:05.000") },
		"day":   func(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") },
	})
	for _, text := range []string{page, scenePage, `{{define "style"}}` + style + `{{end}}`} {
		if _, err := t.Parse(text); err != nil {
			return fmt.Errorf("report: %w", err)
		}
	}
	if err := t.Execute(w, sheetOf(r)); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// sheet is what the template sees.
type sheet struct {
	*Report
	Question string
	Headline string
	Tested   string // "live", "stand-in", "capture", "" where nothing was reached
	Took     string
	Answers  []answer
	SignIns  []signIn
	Todo     []todo
	Causes   []cause
	Unmet    []Expectation
	Stories  []story
	Subjects []topic
	Open     []reason
	Shown    []shown // what the filter offers
	Left     []Account
	Gone     []Account
}

// answer is the verdict of the faces that gave the same.
type answer struct {
	oracle.JIT
	Faces                    []string
	Word, Says, Sure, Advice string
	Tone                     string
	Why                      []string
}

type signIn struct {
	Face  string
	Works bool
	Words string
}

// todo is one cause with what to do about it.
type todo struct {
	Group
	First Item
	More  []string // ids of its other checks
	Why   string   // why it is accepted
}

type cause struct {
	Diagnosis
	Faces []string
}

func sheetOf(r *Report) sheet {
	s := sheet{
		Report: r, Question: Question, Headline: ticket{nil, r}.headline(), Unmet: r.Unmet(), Open: open(r),
		Took: r.Finished.Sub(r.Started).Round(100 * time.Millisecond).String(),
	}
	switch r.Target.Kind {
	case LiveTarget:
		s.Tested = "live"
	case StandIn, Capture:
		s.Tested = r.Target.Kind
	}
	for _, g := range Groups(r) {
		s.Todo = append(s.Todo, todo{g, g.Items[0], g.names()[1:], g.accepted()})
	}
	for _, f := range r.Faces {
		s.answer(f)
		if works, words := f.signIn(); words != "" {
			s.SignIns = append(s.SignIns, signIn{f.Face, works, words})
		}
		for _, d := range f.Diagnosis {
			s.cause(f.Face, d)
		}
		left, gone := sortedOut(f.Accounts)
		s.Left, s.Gone = append(s.Left, left...), append(s.Gone, gone...)
	}
	book := library(r)
	s.Stories = stories(r, book)
	s.Subjects = subjects(r, book)
	s.Shown = offered(r)
	return s
}

// answer adds a face's verdict, or the face to the same verdict of another.
func (s *sheet) answer(f Face) {
	if f.JIT == nil {
		return
	}
	v := Verdict(*f.JIT)
	a := answer{
		JIT: *f.JIT, Faces: []string{f.Face}, Word: string(v), Says: Says(v), Sure: HowSure(*f.JIT), Advice: Advice(*f.JIT), Tone: tone(v),
		Why: reasons(f.JIT.Because),
	}
	for i := range s.Answers {
		if o := &s.Answers[i]; o.Word == a.Word && o.Sure == a.Sure && o.Advice == a.Advice {
			o.Faces = append(o.Faces, f.Face)
			return
		}
	}
	s.Answers = append(s.Answers, a)
}

func (s *sheet) cause(face string, d Diagnosis) {
	i := slices.IndexFunc(s.Causes, func(c cause) bool { return c.ID == d.ID && c.Cause == d.Cause })
	if i < 0 {
		s.Causes = append(s.Causes, cause{d, []string{face}})
		return
	}
	s.Causes[i].Faces = append(s.Causes[i].Faces, face)
}

// tone is the colour of a verdict: an answer is an answer, good or bad news is
// the reader's to say. Only what is not known and what is dangerous stand out.
func tone(v oracle.Verdict) string {
	switch v { //nolint:exhaustive // all others are answers
	case oracle.Void:
		return "fail"
	case oracle.VerdictUndecided:
		return "open"
	}
	return "answer"
}

// facesAs names faces for a sentence: "Okta and Microsoft Entra".
func facesAs(faces []string) string {
	names := make([]string, len(faces))
	for i, f := range faces {
		names[i] = faceName(f)
	}
	return strings.Join(names, " and ")
}
