package report

import (
	"bytes"
	"cmp"
	_ "embed" // the page's template
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html/template"
	"io"
	"path"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"example.com/samepage/samlcheck"
)

//go:embed index.tmpl.html
var indexPage string

// indexFormats are the forms of an Index.
const indexFormats = "text, json, junit, markdown, html"

// IndexFormats are the forms in which WriteIndex writes.
func IndexFormats() []string { return strings.Split(indexFormats, ", ") }

// WriteIndex writes an index in one of IndexFormats.
func WriteIndex(w io.Writer, x *Index, format string) error {
	var b bytes.Buffer
	var err error
	switch format {
	case "text":
		indexText(&b, x)
	case "markdown":
		indexMarkdown(&b, x)
	case "json":
		enc := json.NewEncoder(&b)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		err = enc.Encode(x)
	case "junit":
		err = indexJUnit(&b, x)
	case "html":
		err = indexHTML(&b, x)
	default:
		return fmt.Errorf("report: %q is none of %s, the forms for several targets", format, indexFormats)
	}
	if err == nil {
		_, err = w.Write(b.Bytes())
	}
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// mostBad is how many findings of one target a summary lists; its own report
// has all.
const mostBad = 5

// indexText is a table, and below it what is bad of each target.
func indexText(b *bytes.Buffer, x *Index) {
	var raw bytes.Buffer
	t := tabwriter.NewWriter(&raw, 0, 8, 2, ' ', 0)
	fmt.Fprintln(t, "target\texit\tfail\twarn\tpass\tundecided\tskipped\tfirst login makes the account")
	for _, e := range x.Entries {
		s := e.Summary
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%s\n", flatly(x.called(e), 60), s.Exit, s.Fail, s.Warn, s.Pass, s.Inconclusive, s.Skipped, e.answers())
	}
	s := x.Summary
	fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t\n", targets(len(x.Entries)), s.Exit, s.Fail, s.Warn, s.Pass, s.Inconclusive, s.Skipped)
	_ = t.Flush() // into memory
	for line := range strings.Lines(raw.String()) {
		fmt.Fprintln(b, strings.TrimRight(line, " \n"))
	}
	for _, e := range x.Entries {
		if len(e.Bad) == 0 && e.Error == "" && e.Cut == "" {
			continue
		}
		fmt.Fprintf(b, "\n%s\n", flatly(x.called(e), 0))
		for _, line := range e.lines() {
			fmt.Fprintf(b, "  %s\n", flatly(line, 200))
		}
		if e.Bundle != "" {
			fmt.Fprintf(b, "  all of it: samlcheck report -v %s\n", e.Bundle)
		}
	}
	for _, n := range x.Notes {
		fmt.Fprintf(b, "\nnote: %s\n", n)
	}
	fmt.Fprintf(b, "exit %d\n", x.Summary.Exit)
	tamed := tame(b.String())
	b.Reset()
	b.WriteString(tamed)
}

// called is an entry's name: the target's, and where several have it, its file or
// its bundle.
func (x *Index) called(e Entry) string {
	n := 0
	for _, o := range x.Entries {
		if o.Target.Name == e.Target.Name {
			n++
		}
	}
	if n < 2 {
		return e.Target.Name
	}
	return e.Target.Name + " (" + path.Base(filepath.ToSlash(cmp.Or(e.File, e.Bundle))) + ")"
}

func targets(n int) string {
	if n == 1 {
		return "1 target"
	}
	return fmt.Sprintf("%d targets", n)
}

// flatly is a text on one line.
func flatly(s string, longest int) string {
	return short(strings.Join(strings.Fields(s), " "), longest)
}

// answers are the verdicts of an entry's faces, equal ones together.
func (e Entry) answers() string {
	var words []string
	by := map[string][]string{}
	for _, f := range e.Faces {
		if f.JIT == "" {
			continue
		}
		if by[f.JIT] == nil {
			words = append(words, f.JIT)
		}
		by[f.JIT] = append(by[f.JIT], f.Face)
	}
	for i, w := range words {
		words[i] = w + " (" + strings.Join(by[w], ", ") + ")"
	}
	if e.Error != "" {
		return "not run"
	}
	if len(words) == 0 {
		return "not asked"
	}
	return strings.Join(words, ", ")
}

// lines say what is bad of an entry, the failures first.
func (e Entry) lines() (out []string) {
	if e.Error != "" {
		out = append(out, "NOT RUN "+e.Error)
	}
	if e.Cut != "" {
		out = append(out, "CUT SHORT "+e.Cut)
	}
	n := 0
	for _, want := range []samlcheck.Outcome{samlcheck.Fail, samlcheck.Inconclusive} {
		for _, x := range e.Bad {
			if x.Outcome != want {
				continue
			}
			if n++; n <= mostBad {
				out = append(out, fmt.Sprintf("%s %s (%s): %s", label(x.Outcome), x.Check, x.Face, x.Because))
			}
		}
	}
	if n > mostBad {
		out = append(out, fmt.Sprintf("and %d more", n-mostBad))
	}
	return out
}

func indexMarkdown(b *bytes.Buffer, x *Index) {
	fmt.Fprintf(b, "# %s: exit %d\n\n", targets(len(x.Entries)), x.Summary.Exit)
	if !x.Started.IsZero() {
		fmt.Fprintf(b, "%s to %s.\n\n", day(x.Started), day(x.Finished))
	}
	fmt.Fprint(b, "| target | exit | fail | warn | pass | undecided | skipped | first login makes the account |\n|---|---|---|---|---|---|---|---|\n")
	for _, e := range x.Entries {
		s := e.Summary
		fmt.Fprintf(b, "| %s | %d | %d | %d | %d | %d | %d | %s |\n", cell(x.called(e)), s.Exit, s.Fail, s.Warn, s.Pass, s.Inconclusive, s.Skipped, e.answers())
	}
	for _, e := range x.Entries {
		lines := e.lines()
		if len(lines) == 0 {
			continue
		}
		fmt.Fprintf(b, "\n**%s**\n\n", plain(x.called(e)))
		for _, line := range lines {
			fmt.Fprintf(b, "- %s\n", plain(short(line, 240)))
		}
		if e.Bundle != "" {
			fmt.Fprintf(b, "- evidence: `%s`\n", e.Bundle)
		}
	}
	for _, n := range x.Notes {
		fmt.Fprintf(b, "\n%s\n", n)
	}
}

func day(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") }

// indexJUnit is one suite for each target: a case that says what came of it,
// and one for each finding that is bad. Every check is a case in the junit.xml
// of the target's own bundle.
func indexJUnit(b *bytes.Buffer, x *Index) error {
	all := junitSuites{Name: "samlcheck, " + targets(len(x.Entries)), Time: fmt.Sprintf("%.3f", x.Finished.Sub(x.Started).Seconds())}
	for _, e := range x.Entries {
		s := junitSuite{Name: e.Target.Name, Timestamp: e.Started.UTC().Format("2006-01-02T15:04:05")}
		s.Properties = []junitProperty{{"tested", e.Target.Tested()}, {"sp", e.Target.EntityID}, {"bundle", e.Bundle}, {"exit", fmt.Sprint(e.Summary.Exit)}}
		s.add(e.junitCase())
		for _, x := range e.Bad {
			c := junitCase{Class: e.Target.Name + "." + x.Face, Name: x.Check}
			m := &junitMessage{Message: x.Because, Type: string(x.Outcome)}
			if x.Outcome == samlcheck.Fail {
				c.Failure = m
			} else {
				c.Error = m
			}
			s.add(c)
		}
		all.Tests, all.Failures, all.Errors, all.Skipped = all.Tests+s.Tests, all.Failures+s.Failures, all.Errors+s.Errors, all.Skipped+s.Skipped
		all.Suites = append(all.Suites, s)
	}
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(b)
	enc.Indent("", "  ")
	if err := enc.Encode(all); err != nil {
		return err
	}
	return b.WriteByte('\n')
}

// junitCase is the target as a whole. What failed in it are cases of their own.
func (e Entry) junitCase() junitCase {
	c := junitCase{Class: e.Target.Name, Name: "target"}
	switch {
	case e.Error != "":
		c.Error = &junitMessage{Message: e.Error, Type: "not run"}
	case e.Cut != "":
		c.Error = &junitMessage{Message: e.Cut, Type: "cut short"}
	case e.Summary.Exit == ExitUndecided && len(e.Bad) == 0:
		c.Error = &junitMessage{Message: "nothing was judged", Type: "undecided"}
	default:
		c.Out = fmt.Sprintf("exit %d: %d fail, %d warn, %d pass, %d undecided, %d skipped; a first login: %s",
			e.Summary.Exit, e.Summary.Fail, e.Summary.Warn, e.Summary.Pass, e.Summary.Inconclusive, e.Summary.Skipped, e.answers())
	}
	return c
}

func indexHTML(b *bytes.Buffer, x *Index) error {
	t := template.New("index").Funcs(template.FuncMap{
		"day": day, "targets": targets, "lines": Entry.lines, "answers": Entry.answers, "called": (*Index).called, "short": short, "took": func(x *Index) time.Duration {
			return x.Finished.Sub(x.Started).Round(100 * time.Millisecond)
		},
	})
	for _, text := range []string{indexPage, `{{define "style"}}` + style + `{{end}}`} {
		if _, err := t.Parse(text); err != nil {
			return err
		}
	}
	return t.Execute(b, x)
}
