package oracle

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestViewMustBeLiveAtTheEnd: that nobody has an account is confirmed only
// where the view was seen to change after the last login.
func TestViewMustBeLiveAtTheEnd(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		scene
		trials []string
		want   Verdict
		sure   Confidence
		says   string
	}{
		"live":                        {scene{jit: "off"}, experiment, NotProvisioned, Confirmed, "was seen to be live"},
		"stale, an account waits":     {scene{jit: "inactive", quirks: []string{"stale"}}, experiment, Shut, Observed, "proves nothing"},
		"stale, no account":           {scene{jit: "off", quirks: []string{"stale"}}, experiment, Shut, Observed, "proves nothing"},
		"stale, in":                   {scene{jit: "create", quirks: []string{"stale"}}, experiment, Unlisted, Observed, "proves nothing"},
		"stale, form":                 {scene{jit: "form", quirks: []string{"stale"}}, experiment, Asks, Observed, "proves nothing"},
		"no way to invite":            {scene{jit: "off", noInvite: true}, experiment, NotProvisioned, Observed, "seen to change before the logins"},
		"nobody invited by the run":   {scene{jit: "off", noInvite: true}, without(TrialInviteLate), NotProvisioned, Observed, "may be late"},
		"stale, nobody invited after": {scene{jit: "inactive", quirks: []string{"stale"}}, without(TrialInviteLate), NotProvisioned, Observed, "may be late"},
		"blind":                       {scene{jit: "inactive", quirks: []string{"blind"}}, experiment, Shut, Observed, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := Learn(c.play(c.trials)).JIT()
			assert.Equal(t, c.want, j.Verdict, j.Because)
			assert.Equal(t, c.sure, j.Confidence, j.Because)
			assert.Contains(t, j.Because, c.says)
		})
	}
}

// Who was invited at the end is to be removed, and the reader is told why he
// is there; nobody is named where nobody was invited.
func TestInviteeIsToBeRemoved(t *testing.T) {
	t.Parallel()
	late := person(refLate).Email
	j := Learn(scene{jit: "off"}.play(experiment)).JIT()
	assert.Contains(t, j.Accounts, late)
	assert.True(t, hasFinding(j.Findings, late+" was invited after the last login"), j.Findings)
	j = Learn(scene{jit: "off", noInvite: true}.play(experiment)).JIT()
	assert.NotContains(t, j.Accounts, late)

	rec := scene{jit: "off", noInvite: true}.play(experiment)
	for i := range rec.Runs {
		if rec.Runs[i].Trial == TrialInviteLate {
			s := &rec.Runs[i].Steps[0]
			s.Do, s.Person, s.Fault = "invite "+refLate, refLate, "exit status 1"
		}
	}
	j = Learn(rec).JIT()
	assert.Equal(t, NotProvisioned, j.Verdict, "a failed invitation proves nothing of the view")
	assert.Equal(t, Observed, j.Confidence)
	assert.Contains(t, j.Accounts, late, "it may have been made all the same")
	assert.True(t, hasFinding(j.Findings, "exit status 1"), j.Findings)
}

// A view that lists the newcomer with less and not the one with more is no
// evidence that nobody is given an account.
func TestViewThatListsOnlyTheOtherNewcomer(t *testing.T) {
	t.Parallel()
	rec := scene{jit: "off"}.play(experiment)
	last := rec.Runs[len(rec.Runs)-1].Steps[0].Members
	require.NotNil(t, last)
	last.Entries[refFresh2] = 1
	j := Learn(rec).JIT()
	assert.Equal(t, VerdictUndecided, j.Verdict)
	assert.Empty(t, j.Leaning)
	assert.Contains(t, j.Because, "lists the newcomer with the plain attributes")
}

// A text of its own on a page that strangers see too may be a remembered error
// or a gate: without a known member it points nowhere.
func TestBlindRememberedErrorPointsNowhere(t *testing.T) {
	t.Parallel()
	trials := without(TrialInvite, TrialKnown1, TrialKnown2, TrialKnown3, TrialKnownPlain, TrialSpoiltKey1, TrialSpoiltKey2, TrialSpoiltAud, TrialDenied)
	j := Learn(scene{jit: "off", quirks: []string{"remember"}, noView: true}.play(trials)).JIT()
	assert.Equal(t, VerdictUndecided, j.Verdict, j.Because)
	assert.Empty(t, j.Leaning)
	assert.Contains(t, j.Because, "is not a stranger's")
	j = Learn(scene{jit: "gate", noView: true}.play(trials)).JIT()
	assert.Equal(t, NotAdmitted, j.Verdict, j.Because)
}
