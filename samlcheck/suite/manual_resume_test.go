package suite_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// interrupted plays a run by hand until the card of that number, and cuts it
// off as Ctrl-C does. before is called while the card is on the page.
func interrupted(t *testing.T, sp *samepage.Running, tg *target.Target, out string, at int, before func(a *admin, c card)) *suite.Result {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	a, done := byHand(t, ctx, sp, tg, suite.Options{Faces: []string{"okta"}, Select: []string{suite.JIT}, Out: out})
	a.follows(func(c card, nth int) bool {
		if nth == at && before != nil {
			before(a, c)
		}
		return nth == at
	})
	stop()
	r := <-done
	require.ErrorIs(t, r.err, context.Canceled)
	require.NotNil(t, r.res)
	return r.res
}

func goesOn(t *testing.T, sp *samepage.Running, tg *target.Target, out, resume string) (*suite.Result, []string) {
	t.Helper()
	a, done := byHand(t, t.Context(), sp, tg, suite.Options{
		Faces: []string{"okta"}, Select: []string{suite.JIT}, Out: out, ByHand: suite.ByHand{Resume: resume},
	})
	var titles []string
	a.follows(func(c card, _ int) bool {
		titles = append(titles, c.title)
		return false
	})
	r := <-done
	require.NoError(t, r.err)
	return r.res, titles
}

// trials are what a bundle holds, in order.
func trials(t *testing.T, path string) []string {
	t.Helper()
	b, err := bundle.Read(path)
	require.NoError(t, err)
	require.Len(t, b.Records, 1)
	var out []string
	for n, run := range b.Records[0].Runs {
		assert.Equal(t, n, run.Seq)
		out = append(out, run.Trial)
	}
	return out
}

func TestCtrlCLosesNothing(t *testing.T) {
	t.Parallel()
	for name, resume := range map[string]string{"asked": "", "told to": "yes"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sp, tg := handTarget(t, "okta", true, samepage.Options{JIT: samepage.Create})
			out := t.TempDir()
			cut := interrupted(t, sp, tg, out, 9, nil)
			assert.True(t, strings.HasSuffix(cut.Bundle, bundle.Partial))
			assert.Equal(t, oracle.VerdictUndecided, report.Verdict(*cut.Report.Faces[0].JIT))
			have := trials(t, cut.Bundle)
			require.NotEmpty(t, have)
			remains, err := suite.Judge(cut.Bundle)
			require.NoError(t, err)
			assert.Equal(t, "interrupted", remains.Cut)

			res, titles := goesOn(t, sp, tg, out, resume)
			if resume == "" {
				assert.Equal(t, "Go on where you stopped?", titles[0])
			} else {
				assert.NotEqual(t, "Go on where you stopped?", titles[0])
			}
			assert.NotContains(t, strings.Join(titles, "\n"), "Let the service trust", "it is set up already")
			sameAsDrivenJIT(t, res, oracle.Created)
			all := trials(t, res.Bundle)
			assert.Equal(t, have, all[:len(have)])
			assert.NoDirExists(t, cut.Bundle)
			require.NoError(t, bundle.Verify(res.Bundle))
			left, err := filepath.Glob(filepath.Join(tg.IdP.State, "manual-*"))
			require.NoError(t, err)
			for _, l := range left {
				raw, err := os.ReadFile(l)
				require.NoError(t, err)
				assert.NotContains(t, string(raw), out, "what a later run would need is gone")
			}
		})
	}
}

func sameAsDrivenJIT(t *testing.T, res *suite.Result, want oracle.Verdict) {
	t.Helper()
	f := res.Report.Faces[0]
	assert.Equal(t, want, report.Verdict(*f.JIT), "%s\nleaning %s", f.JIT.Because, f.JIT.Leaning)
	again, err := suite.Judge(res.Bundle)
	require.NoError(t, err)
	assert.Equal(t, f.Findings, again.Faces[0].Findings)
	assert.Equal(t, f.JIT, again.Faces[0].JIT)
	assert.Empty(t, again.Cut)
}

// A killed run writes no last word, and may leave half a line.
func TestAKilledRunIsGoneOnWith(t *testing.T) {
	t.Parallel()
	sp, tg := handTarget(t, "okta", true, samepage.Options{JIT: samepage.Off})
	out := t.TempDir()
	var kept []byte
	var log string
	cut := interrupted(t, sp, tg, out, 11, func(*admin, card) {
		found, err := filepath.Glob(filepath.Join(out, "*", "transcript.jsonl"))
		require.NoError(t, err)
		require.Len(t, found, 1)
		log = found[0]
		kept, err = os.ReadFile(log)
		require.NoError(t, err)
	})
	require.NoError(t, os.WriteFile(log, append(kept, []byte(`{"id":"okta/00`)...), 0o600))
	have := trials(t, cut.Bundle)
	res, _ := goesOn(t, sp, tg, out, "yes")
	sameAsDrivenJIT(t, res, oracle.NotProvisioned)
	assert.Equal(t, have, trials(t, res.Bundle)[:len(have)])
}

// Who was killed after the newcomer's first response had been handed out has no
// first login any more: the verdict leans.
func TestAFirstLoginThatWasBegunTwiceIsNone(t *testing.T) {
	t.Parallel()
	sp, tg := handTarget(t, "okta", false, samepage.Options{JIT: samepage.Create})
	out := t.TempDir()
	at := 0
	ctx, stop := context.WithCancel(t.Context())
	a, done := byHand(t, ctx, sp, tg, suite.Options{Faces: []string{"okta"}, Select: []string{suite.JIT}, Out: out})
	a.follows(func(c card, nth int) bool {
		if !strings.Contains(c.title, "Sign in as samlcheck-") {
			return false
		}
		at = nth
		a.does(c) // he signs in, and says nothing of it
		return true
	})
	require.NotZero(t, at)
	stop()
	require.ErrorIs(t, (<-done).err, context.Canceled)
	res, _ := goesOn(t, sp, tg, out, "yes")
	j := res.Report.Faces[0].JIT
	assert.Equal(t, oracle.VerdictUndecided, report.Verdict(*j))
	assert.Equal(t, oracle.Admitted, j.Leaning)
	assert.Contains(t, j.Because, "made again")
}

func TestAnotherPlanIsNotGoneOnWith(t *testing.T) {
	t.Parallel()
	sp, tg := handTarget(t, "okta", false, samepage.Options{JIT: samepage.Off})
	out := t.TempDir()
	cut := interrupted(t, sp, tg, out, 5, nil)
	_, err := suite.Run(t.Context(), suite.Options{
		Loaded: tg, Faces: []string{"okta"}, Select: []string{"request"}, Out: out,
		ByHand: suite.ByHand{Resume: "yes", Opened: func(string) {}},
	})
	require.ErrorIs(t, err, suite.ErrUsage)
	require.ErrorContains(t, err, "cannot be gone on with")
	assert.DirExists(t, cut.Bundle)

	res, titles := goesOn(t, sp, tg, out, "no")
	assert.Contains(t, titles[0], "Let the service trust")
	assert.NotEqual(t, strings.TrimSuffix(cut.Bundle, bundle.Partial), res.Bundle)
}
