//go:build unix

package main

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// everything is a run of all configurations that found what is explained.
func everything(t *testing.T) []result {
	t.Helper()
	var out []result
	for _, j := range plan("") {
		f := &face{}
		for id := range explanations()[j.sp.folder] {
			find(t, f, id)
		}
		out = append(out, result{job: j, with: f, without: f})
	}
	return out
}

func find(t *testing.T, f *face, id string) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(`{"check": "`+id+`", "outcome": "warn"}`), more(f)))
}

// more is one more finding of the face, to be filled in.
func more(f *face) any {
	f.Findings = append(f.Findings, struct {
		Check   string `json:"check"`
		Outcome string `json:"outcome"`
	}{})
	return &f.Findings[len(f.Findings)-1]
}

func TestEveryFolderIsExplainedAndEveryExplanationHasAFolder(t *testing.T) {
	t.Parallel()
	folders := map[string]bool{}
	for _, s := range providers() {
		folders[s.folder] = true
	}
	for folder := range explanations() {
		assert.True(t, folders[folder], folder)
	}
	problems, notes := unexplained(everything(t))
	assert.Empty(t, problems)
	assert.Empty(t, notes)
}

func TestANewFindingMustBeExplained(t *testing.T) {
	t.Parallel()
	all := everything(t)
	find(t, all[0].with, "response/never-seen")
	got, _ := unexplained(all)
	require.Len(t, got, 1)
	assert.Equal(t, "crewjam samlsp as okta: warn: response/never-seen, and explain.go does not say why", got[0])
	assert.Equal(t, 1, verdict(all))
	assert.Contains(t, markdown(all), "- `response/never-seen` warns as Okta. **not explained.**")
}

func TestAnExplanationOfNothingIsStale(t *testing.T) {
	t.Parallel()
	all := everything(t)
	for i := range all {
		if all[i].job.sp.folder == "better-auth" {
			all[i].with = &face{}
		}
	}
	problems, _ := unexplained(all)
	assert.Equal(t, []string{"better-auth: explain.go speaks of response/confirmation-expired, which is no longer found"}, problems)
	problems, _ = unexplained(all[:7])
	assert.Empty(t, problems, "one configuration of two does not show it")
}
