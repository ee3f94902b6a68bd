package report

import (
	"fmt"
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
)

// What a reader sees before he asks for more.
const (
	mostWaysIn   = 8
	mostFailures = 6
	mostWarnings = 4
	mostNames    = 3 // accounts, and checks of one cause
	mostCauses   = 4
	mostReasons  = 3 // for one verdict
)

func (t *text) counts() {
	s := t.r.Summary
	part := func(n int, word, color string) string {
		p := fmt.Sprintf("%d %s", n, word)
		if n == 0 {
			return p
		}
		return t.paint(color, p)
	}
	fmt.Fprintf(t.b, "\n%s  %s  %s  %s  %d skipped", part(s.Fail, "fail", "31"), part(s.Warn, "warn", "33"),
		part(s.Pass, "pass", "32"), part(s.Inconclusive, "undecided", "33"), s.Skipped)
	if s.Info > 0 {
		fmt.Fprintf(t.b, "  %d info", s.Info)
	}
	t.b.WriteByte('\n')
}

// findings lists what is bad, by cause; with --verbose every finding there is.
func (t *text) findings() {
	if t.o.Verbose {
		for _, f := range t.r.Faces {
			for _, x := range ByGravity(f.Findings) {
				t.finding(f.Face, x)
			}
		}
		return
	}
	var ways, fails, warns []Group
	for _, g := range Groups(t.r) {
		switch {
		case g.WayIn:
			ways = append(ways, g)
		case g.Outcome == samlcheck.Fail:
			fails = append(fails, g)
		default:
			warns = append(warns, g)
		}
	}
	if len(ways) > 0 {
		fmt.Fprintf(t.b, "\n%s\n", t.paint("1", "Ways in: an outsider can do this, without the identity provider's key"))
	}
	left := t.groups(ways, mostWaysIn)
	if len(ways) > 0 && len(fails)+len(warns) > 0 {
		fmt.Fprintf(t.b, "\n%s\n", t.paint("1", "What else is broken"))
	}
	left += t.groups(fails, mostFailures) + t.groups(warns, mostWarnings)
	if left > 0 {
		fmt.Fprintf(t.b, "      and %d more, in the report\n", left)
	}
	t.open()
}

// groups lists the first of them and says how many findings were left out.
func (t *text) groups(gs []Group, most int) (left int) {
	for i, g := range gs {
		if i < most {
			t.group(g)
			continue
		}
		left += len(g.Items)
	}
	return left
}

func (t *text) group(g Group) {
	first := g.Items[0].Finding
	name := t.paint("1", first.Check)
	if n := len(g.Items) - 1; n > 0 {
		name += fmt.Sprintf(" and %d more: ", n) + strings.Join(g.names()[1:min(mostNames, n+1)], ", ")
		if n >= mostNames {
			name += " ..."
		}
	}
	if len(t.r.Faces) > 1 && len(g.faces()) < len(t.r.Faces) {
		name += " as " + faceName(strings.Join(g.faces(), ", "))
	}
	t.b.WriteString(t.paint(t.color(g.Outcome), label(g.Outcome)) + "  ")
	t.flow(6, "      ", name+bracketed(g.accepted()))
	because := headline(first)
	if g.Cause != "" {
		because = short(g.Cause, 240)
	}
	if len(first.Cites) > 0 {
		because += " [" + first.Cites[0] + "]"
	}
	t.wrapped(because)
	if g.Outcome == samlcheck.Fail || g.WayIn {
		if g.Remedy != "" {
			t.wrapped("Fix: " + opening(g.Remedy, 200))
		}
	}
}

// open says in a line why most of what is undecided is so.
func (t *text) open() {
	rs := open(t.r)
	if len(rs) == 0 {
		return
	}
	t.b.WriteByte('\n')
	n := len(rs[0].Checks)
	if t.r.Summary.Inconclusive == 1 {
		t.line("Undecided", rs[0].Checks[0]+": "+short(brief(rs[0].Because), 200))
		return
	}
	words := fmt.Sprintf("%d of %d because of this: %s", n, t.r.Summary.Inconclusive, short(brief(rs[0].Because), 200))
	if n == 1 {
		words = fmt.Sprintf("%d, each for a reason of its own; the first is %s: %s", t.r.Summary.Inconclusive, rs[0].Checks[0], short(brief(rs[0].Because), 160))
	}
	t.line("Undecided", words)
}

func (t *text) finding(face string, x samlcheck.Finding) {
	name := x.Check
	if len(t.r.Faces) > 1 {
		name = face + " " + name
	}
	fmt.Fprintf(t.b, "%s  %s%s\n", t.paint(t.color(x.Outcome), label(x.Outcome)), t.paint("1", name), bracketed(t.r.accepted(face, x)))
	t.wrapped(x.Because)
	if wayIn(x) {
		t.wrapped("Who can do it: an outsider, without the identity provider's key")
	}
	if len(x.Cites) > 0 {
		t.wrapped("Clause: " + strings.Join(x.Cites, "; "))
	}
	if x.Remedy != "" {
		t.wrapped("Fix: " + x.Remedy)
	}
}

// causes are the diagnoses. One that explains why nothing works comes with what
// to do; others, such as what a service does by design, in a line.
func (t *text) causes() {
	if t.r.Target.Kind == Capture {
		return // the answer, which stands on top
	}
	var names []string
	left := 0
	for _, f := range t.r.Faces {
		for _, d := range f.Diagnosis {
			if slices.Contains(names, d.ID+d.Cause) {
				continue
			}
			if names = append(names, d.ID+d.Cause); len(names) == 1 {
				t.b.WriteByte('\n')
			}
			if len(names) > mostCauses && !t.o.Verbose {
				left++
				continue
			}
			t.diagnosis(d, t.o.Verbose || f.grave(d))
		}
	}
	if left > 0 {
		t.line("", fmt.Sprintf("and %d more, in the report", left))
	}
}

// grave says that a diagnosis explains something bad: a failure, an open
// question, or a member who does not get in.
func (f Face) grave(d Diagnosis) bool {
	if works, words := f.signIn(); words != "" && !works {
		return true
	}
	return slices.ContainsFunc(f.Findings, func(x samlcheck.Finding) bool {
		return weight(x.Outcome) < weight(samlcheck.Note) && slices.Contains(d.RestsOn, x.Check)
	})
}

func (t *text) diagnosis(d Diagnosis, whole bool) {
	if !whole {
		t.line("Cause "+d.ID, short(firstSentence(d.Cause), 170)+" Whose side: "+d.Blames+".")
		return
	}
	cause := d.Cause
	if !t.o.Verbose {
		cause = short(cause, 320)
	}
	t.line("Cause "+d.ID, cause+" Whose side: "+d.Blames+".")
	t.line("", "To do: "+d.Remedy)
	if t.o.Verbose && len(d.RestsOn) > 0 {
		t.line("", "Rests on "+strings.Join(d.RestsOn, ", "))
	}
}

func (t *text) color(o samlcheck.Outcome) string {
	switch o {
	case samlcheck.Fail:
		return "31"
	case samlcheck.Warn, samlcheck.Inconclusive:
		return "33"
	case samlcheck.Pass:
		return "32"
	case samlcheck.Note, samlcheck.Skipped:
	}
	return ""
}

func (t *text) unmet() {
	for _, e := range t.r.Unmet() {
		t.b.WriteString(t.paint("31", "UNMET") + "  ")
		t.flow(7, "       ", e.Face+": "+unmet(e))
	}
}

func bracketed(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

// listed names the first few and says how many more there are, and where.
func listed(names []string, most int, where string) string {
	more := ""
	if len(names) > most {
		more = fmt.Sprintf(" and %d more", len(names)-most) + where
		names = names[:most]
	}
	return strings.Join(names, ", ") + more
}
