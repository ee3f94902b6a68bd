package storm

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

// made is a result with something in every field.
func made() *Result {
	r := &Result{
		Schema: Schema, Face: "okta", Run: "7f3a", Again: "samlcheck storm", Stopped: "the service provider asked to be left alone: 429",
		Target:   report.Target{Name: `<script>alert("x")</script>`, Hosts: []string{"sp.example"}, Kind: report.LiveTarget},
		Asked:    Load{Logins: 100, Rate: 50, Workers: 4, Fresh: true}.asked(),
		Controls: Controls{Known: true, Tells: true, Before: []Control{{"known-1", transcript.In, "home like home"}}, After: &Control{"known-3", transcript.In, "the same"}, Steady: true},
		Logins:   Logins{Started: 90, NotStarted: 10, Known: 80, Refused: 5, Failed: 9, Elsewhere: 1},
		Failures: []Failure{{RefusedLogin, 5, 1.5, "200 at https://sp.example/acs"}, {TooMany, 4, 2, "429 at <b>"}},
		Places:   []Resting{{Place{303, 200, "https://sp.example/home"}, LikeKnown, 80}},
		Samples:  Samples{Taken: 3, In: 2, Weak: 1, Landings: []Sampled{{transcript.In, false, 2, "like home"}, {transcript.In, true, 1, "like home (weak: x)"}}},
		Latency:  Latency{Logins: 80, P50: 12.34, P90: 20, P95: 30, P99: 4000, P999: 5000, Max: 12345},
		Windows: ramped(8, func(i int, w *Window) {
			if i > 4 {
				w.P50, w.Failed = 4000, 3
			}
		}),
		Accounts: &Accounts{90, "samlcheck-7f3a-s*@acme.example", "samlcheck-7f3a-s0@acme.example", "samlcheck-7f3a-s89@acme.example"},
	}
	r.Service = r.Latency
	r.Saturation = Saturate(r.Windows, 4, 2)
	r.Harness = Harnessed{CPU: 1.25, Cores: 2, Lasted: 8, Highest: 80}
	r.Exit = ExitFailed
	return r
}

func TestTextSaysTheAnswerFirst(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	require.NoError(t, WriteText(&b, made(), TextOptions{Kept: "samlcheck-storm-x"}))
	text := b.String()
	first, _, _ := strings.Cut(text, "\n")
	assert.Equal(t, "Login storm as Okta at sp.example: 9 of 90 logins failed; it kept up until 50.0 logins a second.", first)
	for _, words := range []string{
		"90 of 100 logins of people who were never there", "stopped early  the service provider asked to be left alone: 429",
		"80 like the known member, 5 like a refused login, 1 elsewhere, 4 nowhere", "3 logins in full, with the pages behind them: 2 in, 1 in (weak)",
		"p50 12.3 ms  p90 20.0 ms  p95 30.0 ms  p99 4.00 s  max 12.3 s   from the intended start", "failures       5 refused login, the first at 1.5 s",
		"the known member got in before and after", "up to 90 may exist now, samlcheck-7f3a-s0@acme.example to samlcheck-7f3a-s89@acme.example", "samlcheck-storm-x", "exit 1\n",
	} {
		assert.Contains(t, text, words)
	}
}

// The page is one file: no script, nothing loaded from anywhere, and nothing that
// the service provider said is markup.
func TestPageIsSelfContained(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	require.NoError(t, WriteHTML(&b, made()))
	page := b.String()
	assert.Equal(t, 3, strings.Count(page, `<svg class="chart"`))
	assert.NotContains(t, page, "<script")
	assert.NotContains(t, page, "429 at <b>")
	assert.NotRegexp(t, `(src|href|@import|url\()\s*=?\s*["']?(https?:)?//`, page)
	assert.Contains(t, page, "prefers-color-scheme:dark")
	assert.Contains(t, page, "no longer kept up")
	assert.NotContains(t, page, "NaN")
	assert.NotContains(t, page, "Inf")
	for _, svg := range regexp.MustCompile(`(?s)<svg.*?</svg>`).FindAllString(page, -1) {
		d := xml.NewDecoder(strings.NewReader(svg))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else {
				require.NoError(t, err)
			}
		}
	}
}

func TestPageWithoutCurves(t *testing.T) {
	t.Parallel()
	for _, ws := range [][]Window{nil, ramped(1, nil), {{From: 0, To: 1, Offered: 5}, {From: 1, To: 2, Offered: 5}}} {
		r := made()
		r.Windows = ws
		var b bytes.Buffer
		require.NoError(t, WriteHTML(&b, r))
		assert.Contains(t, b.String(), "Too few logins came to rest to draw curves")
	}
}

func TestHeadlines(t *testing.T) {
	t.Parallel()
	for want, r := range map[string]Result{
		"nothing was sent": {Stopped: "nothing was sent"},
		"no login failed, and it kept up at 50.0 logins a second": {Logins: Logins{Started: 5}, Saturation: Saturation{Held: 50}},
		"no login of 5 failed": {Logins: Logins{Started: 5}, Saturation: Saturation{Limit: NotJudged}},
		"no login failed; it kept up until 40.0 logins a second":                    {Logins: Logins{Started: 5}, Saturation: Saturation{Reached: true, Limit: BySP, Held: 40}},
		"no login failed, and the limit of 60.0 logins a second was this machine's": {Logins: Logins{Started: 5}, Saturation: Saturation{Reached: true, Limit: ByWorkers, Gave: 60}},
		"2 of 5 logins failed": {Logins: Logins{Started: 5, Failed: 2}},
	} {
		assert.Equal(t, want, r.Headline())
	}
}
