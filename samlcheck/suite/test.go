package suite

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/report"
)

// grace is what Test keeps of the test's time for judging and writing.
const grace = 5 * time.Second

// Test runs the catalogue and reports each check of each face as a sub-test
// with a stable name, "okta/response/audience-foreign". A failed check fails
// its sub-test with what was sent, where it landed, the clause and the remedy;
// an expectation of the target file overrides. What is undecided or not
// applicable is skipped with its reason, and so is a warning's sub-test passed
// with its words logged. It fails where nothing at all was decided: silence is
// not success.
func Test(t *testing.T, o Options) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if end, ok := t.Deadline(); ok {
		ctx, cancel = context.WithDeadline(ctx, end.Add(-grace))
		defer cancel()
	}
	res, err := Run(ctx, o)
	if err != nil {
		var hint interface{ Hint() string }
		if errors.As(err, &hint) && hint.Hint() != "" {
			t.Logf("hint: %s", hint.Hint())
		}
		t.Fatal(err)
	}
	rep := res.Revealed()
	for _, f := range rep.Faces {
		t.Run(f.Face, func(t *testing.T) { testFace(t, rep, f, res.Bundle) })
	}
	if rep.Summary.Exit == report.ExitUndecided && rep.Summary.Pass+rep.Summary.Fail+rep.Summary.Warn+rep.Summary.Info == 0 {
		t.Error("nothing was decided: see the skipped sub-tests for the reasons")
	}
}

func testFace(t *testing.T, rep report.Report, f report.Face, bundle string) {
	t.Helper()
	for _, x := range f.Findings {
		t.Run(x.Check, func(t *testing.T) {
			want := expected(rep, f.Face, x.Check)
			switch {
			case want != nil && !want.Met:
				t.Errorf("expected %s%s, got %s\n%s", strings.Join(want.Want, " or "), because(want), want.Got, words(x, f.Face, bundle))
			case want != nil:
				t.Logf("as expected (%s%s): %s", want.Got, because(want), x.Because)
			case x.Outcome == samlcheck.Fail:
				t.Error(words(x, f.Face, bundle))
			case x.Outcome == samlcheck.Inconclusive, x.Outcome == samlcheck.Skipped:
				t.Skipf("%s: %s", x.Outcome, x.Because)
			default:
				t.Logf("%s: %s", x.Outcome, x.Because)
			}
		})
	}
}

// expected is the target file's word on a check; the JIT check is gated on by
// the name jit.
func expected(rep report.Report, face, check string) *report.Expectation {
	i := slices.IndexFunc(rep.Expect, func(e report.Expectation) bool {
		return e.Face == face && (e.ID == check || e.ID == "jit" && check == JIT)
	})
	if i < 0 {
		return nil
	}
	return &rep.Expect[i]
}

func because(e *report.Expectation) string {
	if e.Because == "" {
		return ""
	}
	return ", accepted until " + e.Until + ": " + e.Because
}

// words is a failure as an engineer wants to read it in a CI log.
func words(x samlcheck.Finding, face, bundle string) string {
	var b strings.Builder
	b.WriteString(x.Title + "\n  " + x.Because)
	line := func(name, value string) {
		if value != "" {
			b.WriteString("\n  " + name + strings.Repeat(" ", 9-len(name)) + value)
		}
	}
	for _, e := range x.Evidence {
		line("seen", strings.TrimSpace(e.In+" "+e.Excerpt))
	}
	line("clause", strings.Join(x.Cites, ", "))
	line("fix", x.Remedy)
	line("again", "samlcheck run --face "+face+" "+x.Check)
	line("bundle", bundle)
	return b.String()
}

// Unreachable says whether a run ended because the service provider did not answer.
func Unreachable(err error) bool { return errors.Is(err, engine.ErrUnreachable) }
