//go:build unix

package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// everything is a run of all configurations that found what is explained.
func everything(t *testing.T) []result {
	t.Helper()
	var out []result
	for _, j := range plan("", false) {
		f := &face{}
		for _, key := range keys(j.sp) {
			for _, e := range explanations()[key] {
				for _, p := range strings.Fields(e.checks) {
					find(t, f, strings.ReplaceAll(p, "*", "x"))
				}
			}
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
	known := map[string]bool{}
	for _, s := range providers() {
		known[s.folder], known[s.name] = true, true
		assert.NotEmpty(t, explanations()[s.folder], s.folder)
	}
	for key, list := range explanations() {
		assert.True(t, known[key], key)
		for _, e := range list {
			for _, p := range strings.Fields(e.checks) {
				assert.True(t, matches(p, strings.ReplaceAll(p, "*", "x")), "%s: %q is no pattern", key, p)
			}
		}
	}
	assert.Empty(t, unexplained(everything(t)))
}

func TestANewFindingMustBeExplained(t *testing.T) {
	t.Parallel()
	all := everything(t)
	find(t, all[0].with, "response/never-seen")
	got := unexplained(all)
	require.Len(t, got, 1)
	assert.Equal(t, "crewjam samlsp as okta: warn: response/never-seen, and explain.go does not say why", got[0])
	assert.Equal(t, 1, verdict(all, false))
	assert.Equal(t, 0, verdict(all, true), "told, and no failure")
	assert.Contains(t, markdown(all), "- `response/never-seen` warns. **not explained.**")
}

func TestAnExplanationOfNothingIsStale(t *testing.T) {
	t.Parallel()
	all := everything(t)
	for i := range all {
		if all[i].job.sp.folder == "better-auth" {
			all[i].with = &face{}
		}
	}
	got := unexplained(all)
	assert.Contains(t, got, "better-auth: explain.go speaks of response/confirmation-expired, which is no longer found")
	assert.Empty(t, slices.DeleteFunc(got, func(s string) bool { return strings.HasPrefix(s, "better-auth: explain.go speaks of ") }))
	assert.Empty(t, unexplained(all[:1]), "one face of two does not show it")
}

func TestAVersionMustShowTheFlawThatItIsKnownFor(t *testing.T) {
	t.Parallel()
	r := result{job: job{sp: sp{objects: []string{"a/flaw"}, silent: []string{"a/mended"}}}, with: &face{}}
	r.compareFlaws()
	assert.Len(t, r.problems, 2)
	r = result{job: r.job, with: &face{}}
	require.NoError(t, json.Unmarshal([]byte(`{"check": "a/flaw", "outcome": "fail"}`), more(r.with)))
	require.NoError(t, json.Unmarshal([]byte(`{"check": "a/mended", "outcome": "pass"}`), more(r.with)))
	r.compareFlaws()
	assert.Empty(t, r.problems)
}
