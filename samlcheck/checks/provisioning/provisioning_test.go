package provisioning

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/trial"
)

func TestChecksAreValid(t *testing.T) {
	t.Parallel()
	assert.Empty(t, samlcheck.Validate(Checks))
}

// TestExperiment: deleting, adding or moving a step must be seen.
func TestExperiment(t *testing.T) {
	t.Parallel()
	var got []string
	for _, s := range jitOnFirstLogin.Trials {
		assert.Equal(t, trial.Control, s.Role, s.Name)
		assert.Empty(t, s.Want, "%s is weighed by the oracle", s.Name)
		assert.Len(t, s.Steps, 1, s.Name)
		got = append(got, string(s.Part)+" "+s.Name+": "+s.Steps[0].Do.String())
	}
	assert.Equal(t, []string{
		"administration members-first: read the members view",
		"administration invite: invite known",
		"known known-1: log in as known",
		"stranger stranger-1: look, signed in as nobody",
		"denied denied: log in as known, refused by the IdP",
		"spoilt-key spoilt-key-1: log in as known, forged: " + "signed by a foreign key",
		"spoilt-audience spoilt-audience: log in as known, forged: audience https://other.example/sp",
		"known known-2: log in as known",
		"newcomer fresh-1: log in as fresh-1",
		"newcomer fresh-1-again: log in as fresh-1",
		"newcomer fresh-2-plain: log in as fresh-2 with plain attributes",
		"known known-3: log in as known",
		"question known-plain: log in as known with plain attributes",
		"spoilt-key spoilt-key-2: log in as known, forged: " + "signed by a foreign key",
		"stranger stranger-2: look, signed in as nobody, at every page that a login reached",
		"administration invite-late: invite fresh-late",
		"administration members-last: read the members view",
	}, got)
}

// TestNamesAgree: the oracle stands below package trial and cannot import it.
func TestNamesAgree(t *testing.T) {
	t.Parallel()
	for theirs, ours := range map[trial.Part]string{
		trial.Question: oracle.PartQuestion, trial.KnownIn: oracle.PartKnown, trial.StrangerOut: oracle.PartStranger,
		trial.DeniedOut: oracle.PartDenied, trial.SpoiltKey: oracle.PartSpoiltKey, trial.SpoiltAudience: oracle.PartSpoiltAudience,
		trial.Newcomer: oracle.PartNewcomer, trial.Administration: oracle.PartAdministration,
	} {
		assert.Equal(t, string(theirs), ours)
	}
	for theirs, ours := range map[string]string{
		trial.Clean().Name: oracle.TrialKnown1, trial.CleanAgain().Name: oracle.TrialKnown2, trial.CleanLast().Name: oracle.TrialKnown3,
		trial.Stranger().Name: oracle.TrialStranger1, trial.StrangerLast().Name: oracle.TrialStranger2, trial.Denied().Name: oracle.TrialDenied,
	} {
		assert.Equal(t, theirs, ours)
	}
	assert.Equal(t, first, trial.Fresh("1"))
	assert.Equal(t, second, trial.Fresh("2"))
	assert.Equal(t, late, trial.Fresh("late"))
}

// TestSharedPerformances: the smaller checks cost no login of their own.
func TestSharedPerformances(t *testing.T) {
	t.Parallel()
	have := map[string]bool{}
	for _, s := range jitOnFirstLogin.Trials {
		have[s.Key()] = true
	}
	for _, c := range Checks {
		for _, s := range c.Trials {
			assert.True(t, have[s.Key()], "%s: %s is a performance of its own", c.ID, s.Name)
		}
	}
	for _, s := range trial.With() {
		assert.True(t, have[s.Key()], "%s is shared with every check that forges", s.Name)
	}
}
