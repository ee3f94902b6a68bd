package surface

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/transcript"
	"example.com/samepage/samlcheck/trial"
)

const origin = "https://sp.example"

// seen plays the probe: said answers some paths, all others are 404.
func seen(said map[string]transcript.Hop) *samlcheck.Case {
	run := transcript.Run{ID: "okta/000", Trial: "surface", Began: time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)}
	step := transcript.Step{Name: "ask"}
	for _, p := range trial.Places() {
		path, _, _ := strings.Cut(p.Path, "?")
		h, ok := said[p.Method+" "+path]
		if !ok {
			h = transcript.Hop{Status: 404}
		}
		h.Method, h.URL = p.Method, origin+p.Path
		step.Surface = append(step.Surface, h)
		if h.Error != "" || h.Status == 429 {
			break
		}
	}
	run.Steps = []transcript.Step{step}
	return &samlcheck.Case{Runs: map[string]transcript.Run{"surface": run}}
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	bearer := map[string]string{"www-authenticate": "Bearer"}
	for name, c := range map[string]struct {
		judge   func(*samlcheck.Case) samlcheck.Verdict
		said    map[string]transcript.Hop
		want    samlcheck.Outcome
		because string
	}{
		"nothing": {judgeSCIM, nil, samlcheck.Fail, "not found at these places on 2026-11-24"},
		"asks for credentials, in nobody's words": {judgeSCIM,
			map[string]transcript.Hop{"GET /scim/v2/Users": {Status: 401, Headers: bearer}}, samlcheck.Inconclusive, "something answers"},
		"a page that is everywhere": {judgeSCIM, everywhere(transcript.Hop{Status: 200, ContentType: "text/html", Title: "App"}),
			samlcheck.Fail, "answer with what a name that nobody has gets"},
		"a gate that is everywhere":     {judgeSCIM, everywhere(transcript.Hop{Status: 401, Headers: bearer}), samlcheck.Inconclusive, "cannot be seen"},
		"everything goes to a sign-in":  {judgeWebhooks, everywhere(transcript.Hop{Status: 302, Location: "/login?next=x"}), samlcheck.Inconclusive, "cannot be seen"},
		"told to slow down":             {judgeSCIM, map[string]transcript.Hop{"GET /scim/v2/Users": {Status: 429}}, samlcheck.Inconclusive, "answered 429"},
		"silent from the first request": {judgeAPI, map[string]transcript.Hop{"GET /" + trial.NoSuchName: {Error: "cannot connect: refused"}}, samlcheck.Inconclusive, "no place answered"},
		"a JSON page at /api":           {judgeAPI, map[string]transcript.Hop{"GET /api": {Status: 200, JSONKeys: []string{"version"}}}, samlcheck.Inconclusive, "cannot be told"},
		"errors are no answers":         {judgeWebhooks, map[string]transcript.Hop{"GET /webhooks": {Status: 500}}, samlcheck.Fail, "not found"},
		"scim keys in a catch-all":      {judgeSCIM, everywhere(transcript.Hop{Status: 200, JSONKeys: []string{"schemas", "status"}}), samlcheck.Fail, "not found"},
		"users refused": {judgeOpen, map[string]transcript.Hop{"GET /scim/v2/Users": {Status: 403, ContentType: "application/scim+json"}},
			samlcheck.Pass, "wants credentials"},
		"a limit in the old spelling": {judgeLimits, map[string]transcript.Hop{"GET /api": {Status: 404, Headers: map[string]string{"x-rate-limit-limit": "60"}}},
			samlcheck.Pass, "x-rate-limit-limit: 60"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := c.judge(seen(c.said))
			assert.Equal(t, c.want, v.Outcome(samlcheck.Must), v.Because)
			assert.Contains(t, v.Because, c.because)
		})
	}
}

func everywhere(h transcript.Hop) map[string]transcript.Hop {
	out := map[string]transcript.Hop{}
	for _, p := range trial.Places() {
		path, _, _ := strings.Cut(p.Path, "?")
		out[p.Method+" "+path] = h
	}
	return out
}

func TestWithoutAProbe(t *testing.T) {
	t.Parallel()
	v := judgeSCIM(&samlcheck.Case{})
	assert.Equal(t, samlcheck.Skipped, v.Outcome(samlcheck.Must))
	c := seen(nil)
	run := c.Runs["surface"]
	run.Steps[0].Fault = "actor: interrupted"
	v = judgeSCIM(c)
	assert.Equal(t, samlcheck.Inconclusive, v.Outcome(samlcheck.Must))
}
