package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/transcript"
)

var ten = time.Date(2026, 11, 23, 22, 10, 0, 0, time.UTC)

// sample is a report with a bit of everything, hostile text included.
func sample() *report.Report {
	const escape = "\x1b[2J" // clears a terminal that believes it
	find := func(id string, o samlcheck.Outcome, because string) samlcheck.Finding {
		return samlcheck.Finding{
			Check: id, Title: "A response is accepted once.", Level: "must", Outcome: o, Because: because,
			Cites: []string{"SAML Profiles 4.1.4.5"}, Remedy: "Keep the ids of assertions until they end.",
			Evidence: []transcript.Ref{{In: "okta/014#again", Excerpt: "home: 200 /home like the known member, all of its 12 own words"}},
		}
	}
	landing := func(n int, trial, do, where, because string) report.Landing {
		return report.Landing{Run: "okta/00" + string(rune('0'+n)), Trial: trial, Step: "login", Do: do, Began: ten.Add(time.Duration(n) * 310 * time.Millisecond),
			Took: 240, Landing: where, Because: because, Status: 200, Sent: "response, signed: both", IDs: []string{"x-request-id 9f1c2b7d"}}
	}
	r := &report.Report{
		Tool: report.Tool{Name: "samlcheck", Version: "v0.1.0", Catalogue: "c0ffee"}, Started: ten, Finished: ten.Add(112 * time.Second),
		Target: report.Target{Name: "Samepage, Acme trial tenant", EntityID: "https://app.example/saml", Kind: report.LiveTarget, Hosts: []string{"app.example"}},
		Again:  "samlcheck run -t target.yaml",
		Faces: []report.Face{
			{Face: "okta", Run: "7f3a", JIT: &oracle.JIT{
				Verdict: oracle.Shut, Confidence: oracle.Observed, Settle: "give `members:`, or look for samlcheck-7f3a-1@acme.example in Members",
				Because:  "A first login does not get in. fresh-1: out (home: 302 /login like a stranger; root like a stranger). known-1: in (home: 200 /home, all of its 12 own words).",
				Sent:     oracle.Sent{Rich: []string{"email", "firstName", "lastName", "groups=staff"}, Plain: []string{"email"}},
				Accounts: []string{"samlcheck-7f3a-1@acme.example"}},
				Landings: []report.Landing{
					landing(0, "known-1", "log in as known", "in", "home: 200 /home like the known member, all of its 12 own words"),
					landing(1, "stranger-1", "look, signed in as nobody", "out", "home: 302 /login"),
					landing(2, "fresh-1", "log in as fresh-1", "out", "home: 302 /login like a stranger"),
					landing(3, "fresh-2", "log in as fresh-2 with plain attributes", "session", "home: 403 <script>alert(1)</script>"),
				},
				Findings: []samlcheck.Finding{
					find("response/audience-foreign", samlcheck.Pass, "refused"),
					find("request/unsigned", samlcheck.Warn, "the request is not signed"+escape),
					find("response/replay", samlcheck.Fail, "the same response was accepted twice: <script>alert('x')</script> & \"quotes\""),
					find("session/cookie", samlcheck.Inconclusive, "control known landed out after the question"),
					find("idpmetadata/x", samlcheck.Skipped, "document missing: no metadata"),
					find("response/note", samlcheck.Note, "a fact"),
				}},
			{Face: "entra", Run: "7f3a", JIT: &oracle.JIT{Verdict: oracle.VerdictUndecided, Confidence: oracle.Leaning, Leaning: oracle.Admitted, Because: "Undecided: weak."},
				Findings: []samlcheck.Finding{find("response/replay", samlcheck.Fail, "the same response was accepted twice")}},
		},
	}
	r.Finish(wants("jit", "shut", "not-provisioned"), false)
	return r
}

func render(t *testing.T, write func(io.Writer, *report.Report) error, r *report.Report) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, write(&b, r))
	return b.String()
}

func TestJSONGoesThereAndBack(t *testing.T) {
	t.Parallel()
	out := render(t, report.WriteJSON, sample())
	got, err := report.ReadJSON(strings.NewReader(out))
	require.NoError(t, err)
	assert.Equal(t, sample(), got)
	for _, key := range []string{`"schema": "samlcheck.report/v1"`, `"verdict": "shut"`, `"confidence": "observed"`, `"outcome": "fail"`, `"exit": 1`, `"kind": "live target"`} {
		assert.Contains(t, out, key)
	}
	_, err = report.ReadJSON(strings.NewReader(`{"schema":"samlcheck.report/v9"}`))
	require.ErrorContains(t, err, "v9")
	_, err = report.ReadJSON(strings.NewReader(`<html>`))
	require.Error(t, err)
}

func TestText(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	require.NoError(t, report.WriteText(&b, sample(), report.TextOptions{Width: 100, Bundle: "samlcheck-x"}))
	out := b.String()
	if os.Getenv("SHOW") != "" {
		t.Log("\n" + out)
	}
	assert.NotContains(t, out, "\x1b")
	for _, want := range []string{
		"live target", "JIT provisioning   shut. A first login does not work", "observed from outside",
		"undecided. It could not be decided.", "leans to admitted", "2 fail  1 warn  1 pass  1 undecided  1 skipped",
		"FAIL  response/replay", "[SAML Profiles 4.1.4.5]", "WARN request/unsigned as Okta", "UNMET  entra: jit should be shut or not-provisioned: it is undecided",
		"samlcheck-x/ticket.md", "samlcheck-7f3a-1@acme.example",
	} {
		assert.Contains(t, strings.Join(strings.Fields(out), " "), strings.Join(strings.Fields(want), " "))
	}
	assert.True(t, strings.HasSuffix(out, "\nexit 1\n"))
	assert.Less(t, strings.Index(out, "shut."), strings.Index(out, "2 fail"), "the answer comes first")
	for _, line := range strings.Split(out, "\n") {
		assert.LessOrEqual(t, len(line), 100, line)
	}
	b.Reset()
	require.NoError(t, report.WriteText(&b, sample(), report.TextOptions{Color: true, Verbose: true}))
	assert.Contains(t, b.String(), "\x1b[31m", "our own colours")
	assert.Contains(t, b.String(), "Clause: SAML Profiles 4.1.4.5")
	assert.NotContains(t, b.String(), "\x1b[2J", "and nobody else's codes")
	b.Reset()
	require.NoError(t, report.WriteText(&b, sample(), report.TextOptions{Bundle: "x.partial", Stopped: true}))
	assert.Contains(t, b.String(), "What was seen is kept: samlcheck report x.partial")
	assert.NotContains(t, b.String(), "exit ", "the command's own exit code follows")
}

func TestJUnitIsStable(t *testing.T) {
	t.Parallel()
	out := render(t, report.WriteJUnit, sample())
	var doc struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Skipped  int `xml:"skipped,attr"`
		Suites   []struct {
			Name  string `xml:"name,attr"`
			Cases []struct {
				Class string    `xml:"classname,attr"`
				Name  string    `xml:"name,attr"`
				Error *struct{} `xml:"error"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	require.NoError(t, xml.Unmarshal([]byte(out), &doc))
	assert.Equal(t, 11, doc.Tests, "7 findings, 2 verdicts, 2 expectations")
	assert.Equal(t, 3, doc.Failures, "2 findings and an expectation")
	assert.Equal(t, 2, doc.Errors, "undecided is neither success nor the SP's failure")
	assert.Equal(t, 1, doc.Skipped)
	require.Len(t, doc.Suites, 2)
	assert.Equal(t, "jit", doc.Suites[0].Cases[0].Name)
	assert.NotNil(t, doc.Suites[1].Cases[0].Error)
	assert.Equal(t, "response/audience-foreign", doc.Suites[0].Cases[1].Name)
}

func TestMarkdownIsOnePage(t *testing.T) {
	t.Parallel()
	out := render(t, report.WriteMarkdown, sample())
	assert.True(t, strings.HasPrefix(out, "# First logins through SAML: shut as Okta, undecided as Microsoft Entra"))
	for _, want := range []string{"**live target**", "What we ask:** Does SAML login create accounts on this plan?", "Your own request ids", "manifest.json", "NOT AS EXPECTED"} {
		assert.Contains(t, out, want)
	}
	assert.NotContains(t, out, "<script>")
}

func TestHTMLIsSelfContainedAndSafe(t *testing.T) {
	t.Parallel()
	out := render(t, report.WriteHTML, sample())
	if p := os.Getenv("SHOW_HTML"); p != "" {
		require.NoError(t, os.WriteFile(p, []byte(out), 0o600))
	}
	_, err := html.Parse(strings.NewReader(out))
	require.NoError(t, err)
	assert.NotContains(t, out, "<script", "no script, and none that a page put there")
	assert.NotContains(t, out, "ZgotmplZ", "a value that the template would not trust")
	for _, outside := range []string{"src=", "@import", "url(", "<link"} {
		assert.NotContains(t, out, outside)
	}
	for _, want := range []string{"Tested: a live target, app.example", "shut", "How sure", "Keep the ids of assertions", "samlcheck-7f3a-1@acme.example", "groups=staff"} {
		assert.Contains(t, out, want)
	}
	r := sample()
	r.Target.Kind = report.StandIn
	assert.Contains(t, render(t, report.WriteHTML, r), "This says nothing about the real service")
	assert.NotEmpty(t, render(t, report.WriteHTML, &report.Report{}), "an empty report is a page too")
}

func wants(id string, is ...string) map[string]target.Expected {
	return map[string]target.Expected{id: {Is: is}}
}

// An acceptance holds to the end of its last day, and then it must be looked at again.
func TestAcceptanceEnds(t *testing.T) {
	t.Parallel()
	last := time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC)
	accept := map[string]target.Expected{"a/b": {Is: []string{"fail", "warn"}, Because: "ticket 123", Until: last}}
	for _, c := range []struct {
		at      time.Time
		outcome samlcheck.Outcome
		exit    int
		says    string
	}{
		{last.Add(23 * time.Hour), samlcheck.Fail, 0, "accepted until 2027-03-31: ticket 123"},
		{last.Add(24 * time.Hour), samlcheck.Fail, 1, "that day is over"},
		{last.Add(24 * time.Hour), samlcheck.Warn, 1, "that day is over"},
		{last, samlcheck.Warn, 0, "accepted until 2027-03-31: ticket 123"},
		{last, samlcheck.Pass, 1, "a/b should be fail or warn: it is pass"},
	} {
		r := report.Report{Finished: c.at, Faces: []report.Face{{Face: "okta", Findings: []samlcheck.Finding{{Check: "a/b", Outcome: c.outcome}}}}}
		r.Finish(accept, false)
		assert.Equal(t, c.exit, r.Summary.Exit, c.says)
		for _, write := range []func(io.Writer, *report.Report) error{
			func(w io.Writer, r *report.Report) error { return report.WriteText(w, r, report.TextOptions{}) }, report.WriteMarkdown, report.WriteJUnit,
		} {
			var b bytes.Buffer
			require.NoError(t, write(&b, &r))
			if c.outcome == samlcheck.Warn && c.exit == 0 && strings.Contains(b.String(), "<testsuites") {
				continue // a warning is no failure to JUnit anyway
			}
			assert.Contains(t, strings.Join(strings.Fields(b.String()), " "), c.says)
		}
	}
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	find := func(o samlcheck.Outcome) []samlcheck.Finding {
		return []samlcheck.Finding{{Check: "a/b", Outcome: o}}
	}
	j := func(v oracle.Verdict, c oracle.Confidence) *oracle.JIT { return &oracle.JIT{Verdict: v, Confidence: c} }
	for _, c := range []struct {
		name     string
		jit      *oracle.JIT
		findings []samlcheck.Finding
		expect   map[string]target.Expected
		narrowed bool
		cut      string
		want     int
	}{
		{name: "nothing judged", want: 3},
		{name: "only skipped", findings: find(samlcheck.Skipped), want: 3},
		{name: "only inconclusive", findings: find(samlcheck.Inconclusive), want: 3},
		{name: "a pass", findings: find(samlcheck.Pass), want: 0},
		{name: "a warning", findings: find(samlcheck.Warn), want: 0},
		{name: "a failure", findings: find(samlcheck.Fail), want: 1},
		{name: "an unknown outcome is no pass", findings: find("splendid"), want: 3},
		{name: "an answer", jit: j(oracle.Shut, oracle.Observed), want: 0},
		{name: "undecided beside a pass", jit: j(oracle.VerdictUndecided, ""), findings: find(samlcheck.Pass), want: 3},
		{name: "a leaning is undecided", jit: j(oracle.Admitted, oracle.Leaning), findings: find(samlcheck.Pass), want: 3},
		{name: "a forged login got in", jit: j(oracle.Void, oracle.Observed), findings: find(samlcheck.Pass), want: 1},
		{name: "cut short", findings: find(samlcheck.Pass), cut: "interrupted", want: 3},
		{name: "expected answer", jit: j(oracle.Shut, oracle.Observed), expect: wants("jit", "created", "shut"), want: 0},
		{name: "other answer", jit: j(oracle.Created, oracle.Confirmed), expect: wants("jit", "shut"), want: 1},
		{name: "undecided satisfies nothing", jit: j(oracle.VerdictUndecided, ""), expect: wants("jit", "undecided"), want: 1},
		{name: "a leaning satisfies nothing", jit: j(oracle.Admitted, oracle.Leaning), expect: wants("jit", "admitted"), want: 1},
		{name: "inconclusive satisfies nothing", findings: find(samlcheck.Inconclusive), expect: wants("a/b", "inconclusive", "pass"), want: 1},
		{name: "expected failure", findings: find(samlcheck.Fail), expect: wants("a/b", "fail"), want: 0},
		{name: "a pass where a failure is expected", findings: find(samlcheck.Pass), expect: wants("a/b", "fail"), want: 1},
		{name: "not asked", findings: find(samlcheck.Pass), expect: wants("jit", "shut"), want: 1},
		{name: "not asked in a narrowed run", findings: find(samlcheck.Pass), expect: wants("jit", "shut"), narrowed: true, want: 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := report.Report{Cut: c.cut, Faces: []report.Face{{Face: "okta", JIT: c.jit, Findings: c.findings}}}
			r.Finish(c.expect, c.narrowed)
			assert.Equal(t, c.want, r.Summary.Exit)
			r.Finish(c.expect, c.narrowed)
			assert.Equal(t, c.want, r.Summary.Exit, "finishing twice counts once")
		})
	}
}

func TestEveryVerdictHasItsWords(t *testing.T) {
	t.Parallel()
	seen := map[string]oracle.Verdict{}
	for _, v := range []oracle.Verdict{
		oracle.Created, oracle.CreatedWaiting, oracle.CreatedNotAdmitted, oracle.CreatedUnseen, oracle.Admitted, oracle.Unlisted,
		oracle.VerdictAccepted, oracle.NotAdmitted, oracle.Asks, oracle.Shut, oracle.NotProvisioned, oracle.Late, oracle.VerdictUndecided, oracle.Void,
	} {
		says := report.Says(v)
		assert.NotContains(t, seen, says, "%s speaks like %s", v, seen[says])
		seen[says] = v
		assert.NotEmpty(t, report.Advice(oracle.JIT{Verdict: v, Confidence: oracle.Observed}))
	}
	b, err := json.Marshal(report.Report{})
	require.NoError(t, err)
	assert.NotContains(t, string(b), "exit_code")
}

func TestFaceOfReadsEveryStep(t *testing.T) {
	t.Parallel()
	f := report.FaceOf(transcript.Record{Face: "okta", RunID: "1", Runs: []transcript.Run{{ID: "okta/000", Trial: "known-1", Steps: []transcript.Step{
		{Name: "login", Do: "log in", Sent: &transcript.Message{Signed: "both", Changed: []string{"audience"}}, Login: []transcript.Hop{{URL: "https://x.example/", Status: 200, RequestIDs: map[string]string{"cf-ray": "1"}}}},
		{Name: "members", Members: &transcript.View{Entries: map[string]int{"known": 2, "fresh-1": 0}, Total: 9}},
		{Name: "broken", Fault: "no keys"},
		{Name: "invite", Do: "invite known", Person: "known"},
	}}}}, nil, nil)
	require.Len(t, f.Landings, 4)
	assert.Equal(t, "response, signed: both, forged: audience", f.Landings[0].Sent)
	assert.Equal(t, []string{"cf-ray 1"}, f.Landings[0].IDs)
	assert.Contains(t, f.Landings[1].Because, "9 entries; of this run's people it lists known (2 times)")
	assert.Contains(t, f.Landings[2].Because, "no keys")
	assert.Contains(t, f.Landings[3].Because, "asked for")
	assert.NotNil(t, f.Findings)
}

// TestWaysInComeFirst: what an outsider can do stands before what takes the
// trusted key, and a failure before any warning.
func TestWaysInComeFirst(t *testing.T) {
	t.Parallel()
	of := func(id string, o samlcheck.Outcome, r samlcheck.Reach) samlcheck.Finding {
		return samlcheck.Finding{Check: id, Outcome: o, Reach: r.String()}
	}
	var got []string
	for _, f := range report.ByGravity([]samlcheck.Finding{
		of("a/pass", samlcheck.Pass, samlcheck.Outsider), of("a/warn", samlcheck.Warn, samlcheck.KeyHolder),
		of("a/warn-outsider", samlcheck.Warn, samlcheck.Outsider), of("a/key", samlcheck.Fail, samlcheck.KeyHolder),
		of("a/nobody", samlcheck.Fail, samlcheck.NoReach), of("a/way-in", samlcheck.Fail, samlcheck.Outsider),
	}) {
		got = append(got, f.Check)
	}
	assert.Equal(t, []string{"a/way-in", "a/key", "a/nobody", "a/warn-outsider", "a/warn", "a/pass"}, got)
}
