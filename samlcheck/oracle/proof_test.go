package oracle

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck/transcript"
)

// proving plays a scene whose target names a proof page. says is what the page
// answers in a trial (status, and whether it is as the target wants it).
func proving(s scene, says func(trial string) (status int, yes bool)) transcript.Record {
	rec := s.play(experiment)
	for i := range rec.Runs {
		step := &rec.Runs[i].Steps[0]
		if len(step.Visits) == 0 {
			continue
		}
		status, yes := says(rec.Runs[i].Trial)
		step.Visits = append(step.Visits, transcript.Visit{Name: visitProof, Proved: &yes, Hops: []transcript.Hop{
			{Method: "GET", URL: site + "/api/me", Status: status, ContentType: "application/json", JSONKeys: []string{"user"}},
		}})
	}
	return rec
}

func good1(trial string) bool { return partOf(trial) == PartKnown || trial == TrialKnownPlain }

func TestProofPage(t *testing.T) {
	t.Parallel()
	shell := scene{jit: "create", quirks: []string{"script"}, noView: true}
	all := func(newcomer bool) func(string) (int, bool) {
		return func(trial string) (int, bool) {
			if good1(trial) || newcomer && partOf(trial) == PartNewcomer {
				return 200, true
			}
			return 401, false
		}
	}
	without := Learn(shell.play(experiment)).JIT()
	assert.Equal(t, VerdictUndecided, without.Verdict, "pages that a script draws say nothing")

	with := Learn(proving(shell, all(true))).JIT()
	assert.Equal(t, Admitted, with.Verdict, with.Because)

	// With the condition switched off, a page that is like the known member's and
	// does not say yes would let a newcomer in.
	echo := func(trial string) (int, bool) {
		switch {
		case good1(trial):
			return 200, true
		case partOf(trial) == PartNewcomer:
			return 200, false
		}
		return 401, false
	}
	off := Learn(proving(shell, echo)).JIT()
	assert.NotEqual(t, Admitted, off.Verdict, off.Because)
	assert.Contains(t, off.Because, "does not say yes (session.proof)")
	blind := proving(shell, echo)
	for i := range blind.Runs {
		for j := range blind.Runs[i].Steps[0].Visits {
			blind.Runs[i].Steps[0].Visits[j].Proved = nil
		}
	}
	assert.Equal(t, Admitted, Learn(blind).JIT().Verdict, "without what the target says of the page, it misleads")
}

func TestProofThatSaysYesToAnAnchorIsRefused(t *testing.T) {
	t.Parallel()
	shell := scene{jit: "create", quirks: []string{"script"}, noView: true}
	for _, anchor := range []string{TrialStranger1, TrialStranger2, TrialDenied} {
		j := Learn(proving(shell, func(trial string) (int, bool) {
			if good1(trial) || partOf(trial) == PartNewcomer {
				return 200, true
			}
			return 403, trial == anchor
		})).JIT()
		assert.Equal(t, VerdictUndecided, j.Verdict, "%s: %s", anchor, j.Because)
		assert.True(t, hasFinding(j.Findings, "refused as proof: it says yes to somebody who cannot be in ("+anchor+")"), j.Findings)
	}
	j := Learn(proving(shell, func(string) (int, bool) { return 200, false })).JIT()
	assert.True(t, hasFinding(j.Findings, "it does not say yes to the known member (known-1)"), j.Findings)
	assert.NotEqual(t, Admitted, j.Verdict)
}
