package report

import (
	_ "embed" // the page's template
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
)

//go:embed report.tmpl.html
var page string

// WriteHTML writes report.html: one file, no script, nothing loaded from
// anywhere; readable on a phone, in the dark and on paper.
func WriteHTML(w io.Writer, r *Report) error {
	t, err := template.New("report").Funcs(template.FuncMap{
		"label": label, "face": faceName, "reasons": reasons, "short": short, "place": place, "unmet": unmet, "join": strings.Join,
		"clock": func(t time.Time) string { return t.UTC().Format("15:04:05.0") },
		"day":   func(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") },
	}).Parse(page)
	if err != nil {
		return fmt.Errorf("report: %w", err)
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
	StandIn  bool
	Took     string
	Sheets   []faceSheet
	Todo     []todo
	Unmet    []Expectation
}

type faceSheet struct {
	Face
	Answer   *answer
	SignIn   string
	SignedIn bool
	Graves   []samlcheck.Finding // fail, warn, undecided: open for reading
	Calm     []samlcheck.Finding // info, pass
	Skipped  []samlcheck.Finding
	Bars     []bar
	Span     string
}

type answer struct {
	oracle.JIT
	Word, Says, Sure, Advice, Tone string
}

// todo is one thing to do, with the faces on which it was seen.
type todo struct {
	Finding samlcheck.Finding
	Faces   string
}

// bar is one step on the time line, in per cent of the face's time.
type bar struct {
	Landing
	Left, Wide float64
	Tone       string
}

func sheetOf(r *Report) sheet {
	s := sheet{
		Report: r, Question: Question, Headline: ticket{nil, r}.headline(), StandIn: r.Target.Kind == StandIn,
		Took: r.Finished.Sub(r.Started).Round(100 * time.Millisecond).String(), Unmet: r.Unmet(), Todo: todos(r),
	}
	for _, f := range r.Faces {
		fs := faceSheet{Face: f}
		fs.SignedIn, fs.SignIn = f.signIn()
		if f.JIT != nil {
			v := Verdict(*f.JIT)
			fs.Answer = &answer{JIT: *f.JIT, Word: string(v), Says: Says(v), Sure: HowSure(*f.JIT), Advice: Advice(*f.JIT), Tone: tone(v)}
		}
		for _, x := range ByGravity(f.Findings) {
			switch {
			case weight(x.Outcome) < weight(samlcheck.Note):
				fs.Graves = append(fs.Graves, x)
			case x.Outcome == samlcheck.Skipped:
				fs.Skipped = append(fs.Skipped, x)
			default:
				fs.Calm = append(fs.Calm, x)
			}
		}
		fs.Bars, fs.Span = bars(f.Landings)
		s.Sheets = append(s.Sheets, fs)
	}
	return s
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

// todos gathers failures and warnings, each once, the gravest first.
func todos(r *Report) []todo {
	var out []todo
	for _, f := range r.Faces {
		for _, x := range f.Findings {
			if x.Outcome != samlcheck.Fail && x.Outcome != samlcheck.Warn {
				continue
			}
			i := slices.IndexFunc(out, func(t todo) bool { return t.Finding.Check == x.Check && t.Finding.Outcome == x.Outcome })
			if i < 0 {
				out = append(out, todo{x, faceName(f.Face)})
			} else {
				out[i].Faces += ", " + faceName(f.Face)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b todo) int { return weight(a.Finding.Outcome) - weight(b.Finding.Outcome) })
	return out
}

// bars lays the steps out on one line of time.
func bars(ls []Landing) (out []bar, span string) {
	if len(ls) == 0 {
		return nil, ""
	}
	first, last := ls[0].Began, ls[0].Began
	for _, l := range ls {
		if l.Began.Before(first) {
			first = l.Began
		}
		if end := l.Began.Add(time.Duration(l.Took) * time.Millisecond); end.After(last) {
			last = end
		}
	}
	total := max(float64(last.Sub(first).Milliseconds()), 1)
	for _, l := range ls {
		b := bar{Landing: l, Left: 100 * float64(l.Began.Sub(first).Milliseconds()) / total, Wide: 100 * float64(l.Took) / total, Tone: "other"}
		b.Wide = max(b.Wide, 0.6)
		b.Left = min(b.Left, 100-b.Wide)
		switch l.Landing {
		case "in":
			b.Tone = "in"
		case "out":
			b.Tone = "out"
		case "":
			b.Tone = "none"
		}
		out = append(out, b)
	}
	return out, last.Sub(first).Round(100 * time.Millisecond).String()
}

// sentences splits a reason into lines for a list: at the ends of sentences and
// at semicolons, but never within brackets or quotes.
func sentences(s string) []string {
	var out []string
	depth, from, quoted := 0, 0, false
	take := func(to int) {
		if p := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s[from:to]), ".")); p != "" {
			out = append(out, p)
		}
	}
	for i := range len(s) {
		switch s[i] {
		case '"':
			quoted = !quoted
		case '(':
			depth++
		case ')':
			depth = max(0, depth-1)
		case '.', ';', '\n':
			if depth == 0 && !quoted && (s[i] == '\n' || i+1 < len(s) && s[i+1] == ' ') {
				take(i)
				from = i + 1
			}
		}
	}
	take(len(s))
	return out
}
