package oracle

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// without each control, some service provider is read wrongly: with the rule
// on completeness switched off the verdict is wrong or claims too much, with
// it the verdict is withheld.
var ablations = []struct {
	control string
	scene
	right, wrong Verdict
}{
	{TrialMembers1, scene{jit: "off", quirks: []string{"directory"}}, Shut, CreatedWaiting},
	{TrialKnown1, scene{jit: "off", quirks: []string{"public", "bare-root", "banner", "banner known-2", "banner known-3", "cookie-refusal"}, noView: true}, Shut, Admitted},
	{TrialKnown2, scene{jit: "off", quirks: []string{"public", "bare-root", "banner", "banner known-1", "banner known-3", "cookie-refusal"}, noView: true}, Shut, Admitted},
	{TrialStranger1, scene{jit: "off", quirks: []string{"public", "bare-root", "error-page", "anonymous-blocked", "cookie-refusal"}, noView: true}, VerdictUndecided, Admitted},
	{TrialDenied, scene{jit: "off", quirks: []string{"cookie-lines", "bare-root", "cookie-refusal"}, noView: true}, Shut, Admitted},
	{TrialSpoiltKey1, scene{jit: "create", quirks: []string{"first-key"}, noView: true}, Void, Admitted},
	{TrialSpoiltAud, scene{jit: "off", quirks: []string{"policy-lines", "bare-root", "cookie-refusal"}, noView: true}, VerdictUndecided, Admitted},
	{TrialFresh1Again, scene{jit: "create", quirks: []string{"late"}, noView: true}, Late, Shut},
	{TrialFresh2Plain, scene{jit: "create", quirks: []string{"needs-department"}, plainOnly: true, noView: true}, VerdictUndecided, Shut},
	{TrialKnown3, scene{jit: "create", quirks: []string{"throttle"}, noView: true}, VerdictUndecided, Shut},
	{TrialSpoiltKey2, scene{jit: "create", quirks: []string{"last-key"}, noView: true}, Void, Admitted},
	{TrialStranger2, scene{jit: "form", noView: true}, Asks, Shut},
	{TrialMembers2, scene{jit: "inactive"}, CreatedWaiting, Shut},
}

func lax() rules {
	r := house()
	r.complete = false
	return r
}

func TestEveryControlIsNeeded(t *testing.T) {
	t.Parallel()
	for _, a := range ablations {
		t.Run(a.control, func(t *testing.T) {
			t.Parallel()
			full := Learn(a.play(experiment)).JIT()
			require.Equal(t, a.right, full.Verdict, full.Because)
			rec := a.play(without(a.control))
			assert.Equal(t, a.wrong, learn(rec, lax()).JIT().Verdict, "without the rule, the missing control misleads")
			got := Learn(rec).JIT()
			assert.Equal(t, VerdictUndecided, got.Verdict, got.Because)
			assert.Contains(t, got.Because, "the run was cut short")
			assert.Contains(t, got.Because, a.control)
		})
	}
}

// The wrong audience has a second use: what a service provider does that does
// not check it is found, and neither spoils the verdict nor stays unsaid.
func TestWrongAudienceIsFound(t *testing.T) {
	t.Parallel()
	s := scene{jit: "create", quirks: []string{"any-audience"}, noView: true}
	said := func(j JIT) bool { return hasFinding(j.Findings, "wrong audience was accepted") }
	assert.True(t, said(Learn(s.play(experiment)).JIT()))
	assert.False(t, said(learn(s.play(without(TrialSpoiltAud)), lax()).JIT()))
}

func TestKnownPlainIsAFinding(t *testing.T) {
	t.Parallel()
	s := scene{jit: "create", quirks: []string{"known-needs-rich"}, noView: true}
	full := Learn(s.play(experiment)).JIT()
	assert.Equal(t, Admitted, full.Verdict)
	assert.True(t, hasFinding(full.Findings, "known member does not get in with the plain attributes"), full.Findings)
	less := Learn(s.play(without(TrialKnownPlain))).JIT()
	assert.Equal(t, Admitted, less.Verdict, "it is no vote")
	assert.True(t, hasFinding(less.Findings, "was not asked"), less.Findings)
}

func TestRevisitsAreNeeded(t *testing.T) {
	t.Parallel()
	s := scene{jit: "off", quirks: []string{"thrown", "cookie-refusal"}, noView: true}
	require.Equal(t, Shut, Learn(s.play(experiment)).JIT().Verdict)
	s.noVisits = true
	got := learn(s.play(experiment), lax()).JIT()
	assert.Equal(t, Admitted, got.Leaning, "who is thrown out one page later looks admitted at rest")
}

func TestCutShort(t *testing.T) {
	t.Parallel()
	rec := scene{jit: "create"}.play(experiment)
	rec.Cut = "interrupted"
	got := Learn(rec).JIT()
	assert.Equal(t, VerdictUndecided, got.Verdict)
	assert.Contains(t, got.Because, "the run was cut short (interrupted)")
	for n := range experiment {
		j := Learn(scene{jit: "create"}.play(experiment[:n])).JIT()
		if n < slices.Index(experiment, TrialMembers2) {
			assert.Equal(t, VerdictUndecided, j.Verdict, "after %d runs: %s", n, j.Because)
		}
	}
}

func hasFinding(list []string, part string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, part) })
}

// Where forged messages are not permitted, the rest of the experiment stands
// and only leans.
func TestWithoutForgery(t *testing.T) {
	t.Parallel()
	for jit, want := range map[string]Verdict{"create": Admitted, "off": Shut, "form": Asks} {
		j := Learn(scene{jit: jit, noView: true}.play(without(forged...))).JIT()
		assert.Equal(t, VerdictUndecided, j.Verdict, j.Because)
		assert.Equal(t, want, j.Leaning)
		assert.Contains(t, j.Because, "allow: [forgery]")
	}
	j := Learn(scene{jit: "create"}.play(without(forged...))).JIT()
	assert.Equal(t, CreatedUnseen, j.Verdict, "the members view needs no forged login to show an account")
}
