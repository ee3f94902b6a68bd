package report

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"example.com/samepage/samlcheck/oracle"
)

// TextOptions say how WriteText writes.
type TextOptions struct {
	Color   bool   // ANSI colours
	Width   int    // columns; 0 is 110
	Verbose bool   // every finding, and every landing with its sentence
	Bundle  string // where the evidence lies; "" when it was not kept
	Stopped bool   // the run ended with an error, whose exit code is not the report's
}

// WriteText writes what a person reads in ten seconds: the verdict first, then
// why, then what to do. Its last line is "exit N",
// unless the run was stopped by an error.
func WriteText(w io.Writer, r *Report, o TextOptions) error {
	if o.Width <= 0 {
		o.Width = 110
	}
	var b bytes.Buffer
	t := text{b: &b, o: o, r: r}
	t.head()
	t.faces()
	t.counts()
	t.unmet()
	t.findings()
	t.causes()
	t.cleanUp()
	t.tail()
	if _, err := io.WriteString(w, tame(b.String())); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

type text struct {
	b *bytes.Buffer
	o TextOptions
	r *Report
}

const column = 19 // where the second column begins

func (t *text) head() {
	fmt.Fprintf(t.b, "%s: %s, %s\n", t.r.Target.Name, t.paint("1", t.r.Target.Tested()), strings.Join(t.r.Target.Hosts, " "))
	if t.r.Cut != "" {
		fmt.Fprintf(t.b, "%s\n", t.paint("33", "The run stopped early: "+t.r.Cut))
	}
}

// faces writes what was seen through each; those that saw the same share a heading.
func (t *text) faces() {
	whole := t.b
	defer func() { t.b = whole }()
	var names, bodies []string
	for _, f := range t.r.Faces {
		var b bytes.Buffer
		t.b = &b
		t.face(f)
		if i := slices.Index(bodies, b.String()); i >= 0 {
			names[i] += " and as " + faceName(f.Face)
			continue
		}
		names, bodies = append(names, "As "+faceName(f.Face)), append(bodies, b.String())
	}
	for i, body := range bodies {
		fmt.Fprintf(whole, "\n%s\n%s", t.paint("1", names[i]), body)
	}
}

func (t *text) face(f Face) {
	if f.JIT != nil {
		t.jit(*f.JIT)
	}
	if _, words := f.signIn(); words != "" {
		t.line("Sign-in", words)
	}
	if t.r.Target.Kind == Capture {
		for _, d := range f.Diagnosis {
			t.diagnosis(d, true)
		}
	}
	if !t.o.Verbose {
		return
	}
	for _, l := range f.Landings {
		t.line(l.Run, strings.TrimSpace(l.Trial+" "+l.Landing)+": "+l.Because)
	}
}

func (t *text) jit(j oracle.JIT) {
	v := Verdict(j)
	color := "32"
	switch v { //nolint:exhaustive // the two that alarm; all others are answers
	case oracle.VerdictUndecided:
		color = "33"
	case oracle.Void:
		color = "31"
	}
	t.line("JIT provisioning", t.paint("1;"+color, string(v))+". "+Says(v))
	if v != oracle.VerdictUndecided || j.Leaning != "" { // else the word says it
		t.line("", HowSure(j)+".")
	}
	for _, why := range t.why(j) {
		t.line("", why)
	}
	if t.o.Verbose && len(j.Sent.Rich) > 0 {
		t.line("Sent", sent(j.Sent.Rich))
	}
	if j.Settle != "" && (v == oracle.VerdictUndecided || v == oracle.CreatedUnseen || v == oracle.VerdictAccepted) {
		t.line("To settle it", j.Settle)
	}
	for _, x := range j.Findings {
		if !t.o.Verbose {
			x = short(brief(x), 170)
		}
		t.line("Noticed", x)
	}
}

// why are the reasons of the verdict; for a first look only what happened, not
// every page.
func (t *text) why(j oracle.JIT) []string {
	if t.o.Verbose {
		return reasons(j.Because)
	}
	var out []string
	for _, why := range reasons(j.Because) {
		if !slices.Contains(out, brief(why)) && len(out) < mostReasons {
			out = append(out, short(brief(why), 170))
		}
	}
	return out
}

func (t *text) tail() {
	if t.o.Stopped {
		if t.o.Bundle != "" {
			fmt.Fprintf(t.b, "What was seen is kept: samlcheck report %s\n", t.o.Bundle)
		}
		return
	}
	if t.o.Bundle != "" {
		fmt.Fprintf(t.b, "What to do, and the evidence: %s/ticket.md   (report.html beside it)\n", t.o.Bundle)
		if !t.o.Verbose {
			fmt.Fprintf(t.b, "Every finding: samlcheck report -v %s\n", t.o.Bundle)
		}
	}
	fmt.Fprintf(t.b, "exit %d\n", t.r.Summary.Exit)
}

// line writes a label and a text beside it, wrapped.
func (t *text) line(label, body string) {
	if strings.TrimSpace(body) == "" {
		return
	}
	pad := strings.Repeat(" ", max(1, column-utf8.RuneCountInString(label)))
	fmt.Fprint(t.b, label+pad)
	t.flow(column, strings.Repeat(" ", column), body)
}

func (t *text) wrapped(body string) {
	const indent = "      " // below a finding
	t.b.WriteString(indent)
	t.flow(len(indent), indent, body)
}

// flow writes words, breaking lines at the width. Colour codes take no room.
func (t *text) flow(at int, indent, body string) {
	begun := false
	for i, para := range strings.Split(strings.TrimSpace(body), "\n") {
		if i > 0 {
			t.b.WriteString("\n" + indent)
			at, begun = len(indent), false
		}
		for _, word := range strings.Fields(para) {
			n := visible(word)
			if begun && at+1+n > t.o.Width {
				t.b.WriteString("\n" + indent)
				at, begun = len(indent), false
			}
			if begun {
				t.b.WriteByte(' ')
				at++
			}
			t.b.WriteString(word)
			at += n
			begun = true
		}
	}
	t.b.WriteByte('\n')
}

func visible(s string) int {
	n := 0
	for i := 0; i < len(s); {
		if strings.HasPrefix(s[i:], paintOn) {
			if end := strings.Index(s[i:], paintOff); end >= 0 {
				i += end + len(paintOff)
				continue
			}
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
		n++
	}
	return n
}

func (t *text) paint(code, s string) string {
	if !t.o.Color || code == "" {
		return s
	}
	return paintOn + code + paintOff + s + paintOn + "0" + paintOff
}

// paintOn and paintOff stand around a colour code until tame has looked.
const paintOn, paintOff = "\ue000", "\ue001"

var paints = regexp.MustCompile(paintOn + "([0-9;]*)" + paintOff)

// tame takes out control characters: what a page says must not steer the
// terminal on which it is quoted. Our own colours go in afterwards.
func tame(s string) string {
	s = strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
	return paints.ReplaceAllString(s, "\x1b[${1}m")
}
