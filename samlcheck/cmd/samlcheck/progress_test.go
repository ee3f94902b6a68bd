package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vbauerster/mpb/v8"

	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/suite"
)

// ticking is a clock that a second passes on at each look.
func ticking() func() time.Time {
	at := time.Date(2026, 11, 23, 22, 10, 0, 0, time.UTC)
	return func() time.Time {
		at = at.Add(time.Second)
		return at
	}
}

func TestProgressInPlainLines(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	tell := plainly(&b, ticking())
	for n := range 746 {
		tell(suite.Event{Face: "okta", Trial: "known-1", Done: n, Of: 746})
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	assert.Len(t, lines, 19, "a log wants to see that something goes on, not every login")
	assert.Equal(t, "okta: 1 of 746: known-1", lines[0])
	assert.Contains(t, lines[1], "okta: 41 of 746: known-1, about ")
	assert.NotContains(t, b.String(), "\x1b")
}

func TestProgressBarNamesTheTrialAndIsCleared(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	bars := newBars(&b, ticking(), mpb.ForceTTY())
	for _, face := range []string{"okta", "entra"} {
		for n := range 12 {
			bars.tell(suite.Event{Face: face, Trial: "fresh-1", Done: n, Of: 20})
		}
	}
	bars.end()
	assert.Contains(t, b.String(), "okta 11/20")
	assert.Contains(t, b.String(), "entra 11/20")
	assert.Contains(t, b.String(), "fresh-1, about ")
	assert.True(t, strings.HasSuffix(b.String(), "\x1b[J"), "nothing is left on the screen")
}

// In GitHub Actions a run annotates and writes the job's summary; elsewhere it
// does neither.
func TestGitHubIsToldOnlyThere(t *testing.T) {
	res := &suite.Result{Report: &report.Report{Target: report.Target{Name: "x", Kind: report.LiveTarget, Hosts: []string{"app.example"}},
		Expect: []report.Expectation{{Face: "okta", ID: "jit", Want: []string{"shut"}, Got: "created"}}}, Bundle: "samlcheck-x"}
	summary := filepath.Join(t.TempDir(), "summary.md")
	t.Setenv("GITHUB_STEP_SUMMARY", summary)
	for _, there := range []bool{false, true} {
		t.Setenv("GITHUB_ACTIONS", map[bool]string{true: "true"}[there])
		var b bytes.Buffer
		a := &app{err: &b, target: "target.yaml"}
		require.NoError(t, a.tellGitHub(res))
		raw, err := os.ReadFile(summary)
		if !there {
			assert.Empty(t, b.String())
			require.Error(t, err)
			continue
		}
		require.NoError(t, err)
		assert.Contains(t, string(raw), "tested: live target app.example")
		assert.Contains(t, b.String(), "::error file=target.yaml,title=samlcheck okta%3A not as expected::")
	}
}
