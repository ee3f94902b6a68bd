package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Timestamp  string          `xml:"timestamp,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Failure *junitMessage `xml:"failure"`
	Error   *junitMessage `xml:"error"`
	Skipped *junitMessage `xml:"skipped"`
	Out     string        `xml:"system-out,omitempty"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// WriteJUnit writes junit.xml: one suite for each face, one case for each check
// with a name that never changes, and one for each expectation. Inconclusive is
// an error with its reason, since it is neither success nor the SP's failure.
func WriteJUnit(w io.Writer, r *Report) error {
	all := junitSuites{Name: "samlcheck " + r.Target.Name, Time: fmt.Sprintf("%.3f", r.Finished.Sub(r.Started).Seconds())}
	for _, f := range r.Faces {
		s := junitSuite{Name: f.Face, Timestamp: r.Started.UTC().Format("2006-01-02T15:04:05")}
		s.Properties = []junitProperty{
			{"tested", r.Target.Tested()}, {"target", r.Target.Name}, {"sp", r.Target.EntityID},
			{"tool", r.Tool.Name + " " + r.Tool.Version},
		}
		if f.JIT != nil {
			s.Properties = append(s.Properties, junitProperty{"jit", string(Verdict(*f.JIT))})
			s.add(jitCase(r, f))
		}
		for _, x := range f.Findings {
			s.add(junitOf(r, f.Face, x))
		}
		for _, e := range r.Expect {
			if e.Face == f.Face {
				s.add(expectCase(e))
			}
		}
		all.Tests, all.Failures, all.Errors, all.Skipped = all.Tests+s.Tests, all.Failures+s.Failures, all.Errors+s.Errors, all.Skipped+s.Skipped
		all.Suites = append(all.Suites, s)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(all); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (s *junitSuite) add(c junitCase) {
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

func junitOf(r *Report, face string, x samlcheck.Finding) junitCase {
	c := junitCase{Class: face, Name: x.Check}
	m := &junitMessage{Message: x.Because, Type: string(x.Outcome), Text: details(x)}
	switch x.Outcome {
	case samlcheck.Fail:
		c.Failure = m
		if why := r.accepted(face, x); why != "" {
			c.Failure, c.Out = nil, "failed, "+why+"\n"+x.Because
		}
	case samlcheck.Inconclusive:
		c.Error = m
	case samlcheck.Skipped:
		c.Skipped = &junitMessage{Message: x.Because}
	case samlcheck.Warn:
		c.Out = "warning: " + x.Because + "\n" + details(x)
	case samlcheck.Pass, samlcheck.Note:
		c.Out = x.Because
	}
	return c
}

// jitCase is the first question as a test: undecided is an error, a forged login
// that got in a failure, and every other answer is what it is.
func jitCase(r *Report, f Face) junitCase {
	c := junitCase{Class: f.Face, Name: "jit"}
	v := Verdict(*f.JIT)
	text := string(v) + ": " + Says(v)
	switch {
	case v == oracle.VerdictUndecided:
		c.Error = &junitMessage{Message: text, Type: "undecided", Text: f.JIT.Because}
	case v == oracle.Void && !r.expected(f.Face, "jit"):
		c.Failure = &junitMessage{Message: text, Type: "void", Text: f.JIT.Because}
	default:
		c.Out = text + "\n" + f.JIT.Because
	}
	return c
}

func expectCase(e Expectation) junitCase {
	c := junitCase{Class: e.Face, Name: "expect/" + e.ID}
	if !e.Met {
		c.Failure = &junitMessage{Message: unmet(e), Type: "expectation"}
	}
	return c
}

// unmet says what was expected and what came.
func unmet(e Expectation) string {
	got := e.Got
	if got == "" {
		got = "not asked in this run"
	}
	if e.Expired {
		return fmt.Sprintf("%s was accepted until %s (%s): that day is over, and it is %s; mend it, or look at it again and move the date",
			e.ID, e.Until, e.Because, got)
	}
	return fmt.Sprintf("%s should be %s: it is %s", e.ID, strings.Join(e.Want, " or "), got)
}

// details are what stands below a finding's reason.
func details(x samlcheck.Finding) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nclause  %s\n", x.Title, strings.Join(x.Cites, "; "))
	if x.Remedy != "" {
		fmt.Fprintf(&b, "fix     %s\n", x.Remedy)
	}
	for _, e := range x.Evidence {
		fmt.Fprintf(&b, "seen    %s\n", place(e.In, e.Line))
		if e.Excerpt != "" {
			fmt.Fprintf(&b, "        %s\n", e.Excerpt)
		}
	}
	return b.String()
}

func place(in string, line int) string {
	if line > 0 {
		return fmt.Sprintf("%s, line %d", in, line)
	}
	return in
}
