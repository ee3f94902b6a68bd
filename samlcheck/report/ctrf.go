package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
)

// ctrfSpec is the version of the Common Test Report Format that is written.
const ctrfSpec = "0.0.0"

type ctrf struct {
	Format  string      `json:"reportFormat"`
	Version string      `json:"specVersion"`
	At      time.Time   `json:"timestamp"`
	By      string      `json:"generatedBy"`
	Results ctrfResults `json:"results"`
}

type ctrfResults struct {
	Tool    ctrfTool    `json:"tool"`
	Summary ctrfSummary `json:"summary"`
	Tests   []ctrfTest  `json:"tests"`
}

type ctrfTool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type ctrfSummary struct {
	Tests   int   `json:"tests"`
	Passed  int   `json:"passed"`
	Failed  int   `json:"failed"`
	Skipped int   `json:"skipped"`
	Pending int   `json:"pending"`
	Other   int   `json:"other"`
	Suites  int   `json:"suites"`
	Start   int64 `json:"start"` // ms since 1970
	Stop    int64 `json:"stop"`
}

type ctrfTest struct {
	Name     string   `json:"name"`
	Status   string   `json:"status"`
	Duration int64    `json:"duration"` // ms; 0: a judgement takes no time
	Suite    []string `json:"suite"`
	Raw      string   `json:"rawStatus"`
	Message  string   `json:"message,omitempty"`
	Trace    string   `json:"trace,omitempty"`
}

// WriteCTRF writes ctrf.json (Common Test Report Format). It has no word for
// "undecided": that is "other", with rawStatus saying what it is, and never
// "passed". A warning passed, with rawStatus "warn" and its reason.
func WriteCTRF(w io.Writer, r *Report) error {
	out := ctrf{Format: "CTRF", Version: ctrfSpec, At: r.Finished.UTC(), By: r.Tool.Name, Results: ctrfResults{
		Tool:    ctrfTool{r.Tool.Name, r.Tool.Version},
		Summary: ctrfSummary{Suites: len(r.Faces), Start: r.Started.UnixMilli(), Stop: r.Finished.UnixMilli()},
		Tests:   []ctrfTest{},
	}}
	for _, f := range r.Faces {
		if f.JIT != nil {
			out.Results.add(ctrfJIT(r, f))
		}
		for _, x := range f.Findings {
			out.Results.add(ctrfOf(r, f.Face, x))
		}
		for _, e := range r.Expect {
			if e.Face == f.Face {
				out.Results.add(ctrfExpect(e))
			}
		}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		return fmt.Errorf("report: CTRF: %w", err)
	}
	return nil
}

func (r *ctrfResults) add(t ctrfTest) {
	r.Summary.Tests++
	switch t.Status {
	case "passed":
		r.Summary.Passed++
	case "failed":
		r.Summary.Failed++
	case "skipped":
		r.Summary.Skipped++
	default:
		r.Summary.Other++
	}
	r.Tests = append(r.Tests, t)
}

func ctrfOf(r *Report, face string, x samlcheck.Finding) ctrfTest {
	t := ctrfTest{Name: x.Check, Suite: []string{face, subject(x.Check)}, Raw: string(x.Outcome), Message: x.Because, Status: "other"}
	switch x.Outcome {
	case samlcheck.Fail:
		t.Status, t.Trace = "failed", details(x)
		if why := r.accepted(face, x); why != "" {
			t.Status, t.Message = "passed", "failed, "+why+": "+x.Because
		}
	case samlcheck.Warn:
		t.Status, t.Trace = "passed", details(x)
	case samlcheck.Pass, samlcheck.Note:
		t.Status = "passed"
	case samlcheck.Skipped:
		t.Status = "skipped"
	case samlcheck.Inconclusive:
	}
	return t
}

func ctrfJIT(r *Report, f Face) ctrfTest {
	v := Verdict(*f.JIT)
	t := ctrfTest{Name: "jit", Suite: []string{f.Face}, Raw: string(v), Message: Says(v) + " " + f.JIT.Because, Status: "passed"}
	switch {
	case v == oracle.VerdictUndecided:
		t.Status = "other"
	case v == oracle.Void && !r.expected(f.Face, "jit"):
		t.Status = "failed"
	}
	return t
}

func ctrfExpect(e Expectation) ctrfTest {
	t := ctrfTest{Name: "expect/" + e.ID, Suite: []string{e.Face, "expect"}, Raw: e.Got, Status: "passed"}
	if !e.Met {
		t.Status, t.Message = "failed", unmet(e)
	}
	return t
}

func subject(check string) string {
	s, _, _ := strings.Cut(check, "/")
	return s
}
