package report

import (
	"fmt"
	"io"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
)

// mostAnnotations is how many of a kind GitHub shows for one step.
const mostAnnotations = 10

// WriteAnnotations writes GitHub's workflow commands: an error for each cause of
// failures and each expectation that is not met, a warning for each cause of
// warnings and each undecided first question. file is the target file to which
// they are attached; "" attaches them to none.
func WriteAnnotations(w io.Writer, r *Report, file string) error {
	var errs, warns []string
	tested := " (tested: " + testedWords(r) + ")"
	say := func(kind, title, text string) string {
		at := ""
		if file != "" {
			at = "file=" + property(file) + ","
		}
		return fmt.Sprintf("::%s %stitle=%s::%s\n", kind, at, property(title), data(text+tested))
	}
	for _, e := range r.Unmet() {
		errs = append(errs, say("error", "samlcheck "+e.Face+": not as expected", unmet(e)))
	}
	for _, f := range r.Faces {
		if f.JIT == nil {
			continue
		}
		text := string(Verdict(*f.JIT)) + ": " + Says(Verdict(*f.JIT))
		switch Verdict(*f.JIT) { //nolint:exhaustive // all others are answers
		case oracle.Void:
			errs = append(errs, say("error", "samlcheck "+f.Face+": jit", text))
		case oracle.VerdictUndecided:
			warns = append(warns, say("warning", "samlcheck "+f.Face+": jit", text+" "+f.JIT.Because))
		}
	}
	for _, g := range Groups(r) {
		if g.accepted() != "" {
			continue
		}
		first := g.Items[0].Finding
		title := "samlcheck: " + first.Check
		if n := len(g.Items) - 1; n > 0 {
			title += fmt.Sprintf(" and %d more", n)
		}
		text := headline(first) + "\n" + opening(g.Remedy, 320)
		if g.Outcome == samlcheck.Fail {
			errs = append(errs, say("error", title, text))
		} else {
			warns = append(warns, say("warning", title, text))
		}
	}
	lines := append(errs[:min(len(errs), mostAnnotations)], warns[:min(len(warns), mostAnnotations)]...)
	if _, err := io.WriteString(w, tame(strings.Join(lines, ""))); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// data and property escape what stands in a workflow command, so that no text
// of a stranger's begins one of its own.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string { return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(s)) }

// testedWords say which service provider was tested.
func testedWords(r *Report) string {
	switch r.Target.Kind {
	case StandIn:
		return "the stand-in that comes with the tool"
	case "":
		return "nothing, the target was never reached"
	}
	return r.Target.Kind + " " + strings.Join(r.Target.Hosts, " ")
}

// WriteSummary writes the job summary of a CI run, in GitHub's Markdown: the
// answer, the numbers, and what failed. evidence says where the bundle lies; ""
// where none was kept.
func WriteSummary(w io.Writer, r *Report, evidence string) error {
	var b strings.Builder
	m := ticket{nil, r}
	fmt.Fprintf(&b, "## samlcheck: %s\n\n**%s**, tested: %s, %s.\n\n", plain(m.headline()), plain(r.Target.Name), plain(testedWords(r)), r.Started.UTC().Format("2006-01-02 15:04 UTC"))
	if r.Cut != "" {
		fmt.Fprintf(&b, "The run stopped early: %s\n\n", plain(r.Cut))
	}
	fmt.Fprint(&b, "| face | first login | how sure | fail | warn | pass | undecided | skipped |\n|---|---|---|---|---|---|---|---|\n")
	for _, f := range r.Faces {
		var s Summary
		for _, x := range f.Findings {
			s.add(x.Outcome)
		}
		verdict, sure := "not asked", ""
		if f.JIT != nil {
			verdict, sure = string(Verdict(*f.JIT)), HowSure(*f.JIT)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %d | %d | %d | %d | %d |\n", faceName(f.Face), verdict, cell(sure), s.Fail, s.Warn, s.Pass, s.Inconclusive, s.Skipped)
	}
	for i, e := range r.Unmet() {
		if i == 0 {
			b.WriteString("\n**Not as expected:**\n\n")
		}
		fmt.Fprintf(&b, "- %s: %s\n", e.Face, plain(unmet(e)))
	}
	b.WriteByte('\n')
	for i, g := range Groups(r) {
		if i == 2*mostAnnotations {
			b.WriteString("- The rest stands in report.html.\n")
			break
		}
		m.ruleTo(&b, g)
	}
	if evidence != "" {
		fmt.Fprintf(&b, "\nEvidence: `%s` (report.html, ticket.md). Exit %d.\n", strings.ReplaceAll(evidence, "`", "'"), r.Summary.Exit)
	}
	if _, err := io.WriteString(w, tame(b.String())); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}
