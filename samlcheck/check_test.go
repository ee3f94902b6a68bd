package samlcheck_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/cite"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/trial"
)

func TestOutcomeIsAnswerTimesLevel(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		verdict            samlcheck.Verdict
		must, should, info samlcheck.Outcome
	}{
		{samlcheck.Holds("x"), samlcheck.Pass, samlcheck.Pass, samlcheck.Note},
		{samlcheck.Violated("x"), samlcheck.Fail, samlcheck.Warn, samlcheck.Note},
		{samlcheck.Undecided("x"), samlcheck.Inconclusive, samlcheck.Inconclusive, samlcheck.Inconclusive},
		{samlcheck.NotApplicable("x"), samlcheck.Skipped, samlcheck.Skipped, samlcheck.Skipped},
		{samlcheck.Verdict{}, samlcheck.Inconclusive, samlcheck.Inconclusive, samlcheck.Inconclusive},
	} {
		assert.Equal(t, tt.must, tt.verdict.Outcome(samlcheck.Must))
		assert.Equal(t, tt.should, tt.verdict.Outcome(samlcheck.Should))
		assert.Equal(t, tt.info, tt.verdict.Outcome(samlcheck.Info))
	}
}

func TestValidateNamesEveryFault(t *testing.T) {
	t.Parallel()
	good := samlcheck.Check{
		ID: "response/audience-foreign", Title: "t", Remedy: "r", Cites: []cite.Clause{cite.Core.At("2.5.1.4")},
		Trials: trial.Against(forge.Audience("https://other.example")), Proof: samlcheck.Proof{Holds: "stand-in", Violated: "flaw:audience"},
		Judge: func(*samlcheck.Case) samlcheck.Verdict { return samlcheck.Verdict{} },
	}
	require.Empty(t, samlcheck.Validate([]samlcheck.Check{good}))
	for words, spoil := range map[string]func(*samlcheck.Check){
		"of the form":      func(c *samlcheck.Check) { c.ID = "Audience" },
		"Title and Remedy": func(c *samlcheck.Check) { c.Remedy = "" },
		"cites nothing":    func(c *samlcheck.Check) { c.Cites = nil },
		"no Judge":         func(c *samlcheck.Check) { c.Judge = nil },
		"neither reads":    func(c *samlcheck.Check) { c.Trials = nil },
		"unproven":         func(c *samlcheck.Check) { c.Proof.Violated = "" },
		"no control":       func(c *samlcheck.Check) { c.Trials = c.Trials[4:] },
		"two trials are":   func(c *samlcheck.Check) { c.Trials = append(c.Trials, c.Trials[0]) },
		"has no steps":     func(c *samlcheck.Check) { c.Trials = append(c.Trials, trial.Trial{Name: "empty"}) },
	} {
		c := good
		spoil(&c)
		errs := samlcheck.Validate([]samlcheck.Check{c})
		require.NotEmpty(t, errs, words)
		require.ErrorContains(t, errs[0], words)
	}
	assert.NotEmpty(t, samlcheck.Validate([]samlcheck.Check{good, good}), "an id used twice")
}
