package bundle

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/transcript"
)

var noon = time.Date(2026, 11, 23, 22, 10, 0, 0, time.UTC)

const response = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><ds:SignatureValue xmlns:ds="x">
c2lnbmF0dXJlLWNhbmFyeQ==</ds:SignatureValue><NameID>Alicia.Wonder@corp.example</NameID></samlp:Response>`

// sample is a run in which the known member's identity stands wherever it can.
func sample() (transcript.Record, transcript.Run) {
	fresh := transcript.Person{Ref: "fresh-1", Email: "samlcheck-7f3a-1@acme.example", NameID: "samlcheck-7f3a-1@acme.example"}
	rec := transcript.Record{Face: "okta", Browser: "plain", RunID: "7f3a", People: []transcript.Person{alice, fresh}}
	hop := transcript.Hop{
		Method: "GET", URL: "https://sp.corp.example:8443/u/alicia.wonder?m=alicia.wonder%40corp.example", Location: "/u/awonder77",
		Title: "Alicia's home", Blocks: []string{"Hello, ALICIA WONDER", "<alicia.wonder@corp.example>"}, Links: []string{"mailto:Alicia.Wonder@corp.example"},
		Cookies: []transcript.Cookie{{Name: "u_awonder77", Digest: "9f1c"}}, RequestIDs: map[string]string{"x-request-id": "awonder77-1"},
		Forms: []transcript.PageForm{{Action: "/awonder77", Fields: []string{"alicia:text"}}}, JSONKeys: []string{"users.awonder77"}, Error: "no alicia",
	}
	run := transcript.Run{ID: "okta/000", Trial: "known-1", Part: "known", Began: noon, Steps: []transcript.Step{
		{Name: "login", Do: "log in as known", Person: "known", Began: noon,
			Request: &transcript.Message{XML: "<AuthnRequest>alicia.wonder@corp.example</AuthnRequest>", Query: "SAMLRequest=abc&RelayState=alicia.wonder%40corp.example", Binding: "HTTP-Redirect"},
			Sent:    &transcript.Message{XML: response, RelayState: "for-alicia", Attributes: []string{"groups=staff"}},
			Login:   []transcript.Hop{hop}, Visits: []transcript.Visit{{Name: "page:https://sp.corp.example:8443/alicia", Hops: []transcript.Hop{hop}}}},
		{Name: "again", Do: "log in as fresh-1", Person: "fresh-1", Began: noon, Sent: &transcript.Message{XML: "<Response><Assertion ID='x'/></Response>"}, Login: []transcript.Hop{hop}},
	}}
	return rec, run
}

func contents(t *testing.T) Contents {
	t.Helper()
	sp, err := metadata.Parse([]byte(`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.corp.example/saml"><SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/></EntityDescriptor>`), "sp.xml")
	require.NoError(t, err)
	r := &report.Report{
		Tool: report.Tool{Name: "samlcheck", Version: "test"}, Started: noon, Finished: noon.Add(time.Minute),
		Target: report.Target{Name: "Acme of Alicia", Kind: report.LiveTarget, Hosts: []string{"sp.corp.example:8443"}},
		Faces: []report.Face{{Face: "okta", JIT: &oracle.JIT{Verdict: oracle.Shut, Confidence: oracle.Observed, Because: "home greets alicia", Accounts: []string{"samlcheck-7f3a-1@acme.example"}},
			Findings: []samlcheck.Finding{{Check: "response/replay", Outcome: samlcheck.Fail, Because: "as alicia.wonder@corp.example", Cites: []string{"SAML Profiles 4.1.4.5"}}}}},
	}
	r.Finish(map[string]target.Expected{"jit": {Is: []string{"shut"}}}, false)
	return Contents{Report: r, SP: sp, IdP: map[string]*metadata.Doc{"okta": sp}}
}

func written(t *testing.T) string {
	t.Helper()
	rec, run := sample()
	w, err := Create(t.TempDir(), Name("Acme", noon), redactor(t, alice))
	require.NoError(t, err)
	require.NoError(t, w.Open(contents(t)))
	require.NoError(t, w.Begin(rec))
	appended(t, w, run)
	assert.True(t, strings.HasSuffix(w.Path(), Partial), "not whole yet")
	require.NoError(t, w.Finish(contents(t)))
	return w.Path()
}

func TestAFinishedBundleIsWholeAndClean(t *testing.T) {
	t.Parallel()
	path := written(t)
	assert.Equal(t, "samlcheck-acme-20261123T221000Z", filepath.Base(path))
	require.NoError(t, Verify(path))
	files, err := filesIn(path)
	require.NoError(t, err)
	assert.Equal(t, []string{
		"REPRODUCE.md", "accounts.json", "ctrf.json", "findings.json", "flow.har", "junit.xml", "manifest.json",
		"messages/okta-000-again-response.xml", "messages/okta-000-login-request.xml", "messages/okta-000-login-response.xml",
		"messages/okta-000.txt",
		"metadata/idp-okta.xml", "metadata/sp.xml", "redaction.json", "report.html", "report.json", "report.sarif", "ticket.md",
		"timeline.csv", "transcript.jsonl",
	}, files)
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Join(path, f))
		require.NoError(t, err)
		low := strings.ToLower(string(raw))
		for _, canary := range []string{"alicia", "awonder77", "c2lnbmf0dxjllwnhbmfyeq", "wonder@"} {
			assert.NotContains(t, low, canary, f)
		}
	}
	accounts, err := os.ReadFile(filepath.Join(path, "accounts.json"))
	require.NoError(t, err)
	assert.Contains(t, string(accounts), "samlcheck-7f3a-1@acme.example")
}

// A run that is killed while it writes a file leaves half of it. Each file in
// turn: the remains are read, and say so; of a finished bundle it is damage.
func TestHalfAFileIsNoObstacleInRemains(t *testing.T) {
	t.Parallel()
	whole := written(t)
	files, err := filesIn(whole)
	require.NoError(t, err)
	for _, f := range files {
		for _, part := range []int{0, 2} {
			dir := filepath.Join(t.TempDir(), "x"+Partial)
			require.NoError(t, os.CopyFS(dir, os.DirFS(whole)))
			raw, err := os.ReadFile(filepath.Join(dir, f))
			require.NoError(t, err)
			half := raw[:0]
			if part > 0 {
				half = raw[:len(raw)/part]
			}
			require.NoError(t, os.WriteFile(filepath.Join(dir, f), half, 0o600))
			b, err := Read(dir)
			require.NoError(t, err, f)
			assert.True(t, b.Partial, f)
			assert.Contains(t, b.Report.Cut, "never finished", f)
		}
	}
}

func TestReadGivesBackWhatWasWritten(t *testing.T) {
	t.Parallel()
	b, err := Read(written(t))
	require.NoError(t, err)
	assert.False(t, b.Partial)
	assert.Empty(t, b.Note)
	rec, run := sample()
	red := redactor(t, alice)
	require.Len(t, b.Records, 1)
	assert.Equal(t, red.People(rec.People), b.Records[0].People)
	assert.Equal(t, []transcript.Run{red.Run(run)}, b.Records[0].Runs)
	assert.Equal(t, "https://sp.corp.example/saml", b.SP.EntityID())
	assert.NotNil(t, b.IdP("okta"))
	assert.Nil(t, b.IdP("entra"))
	assert.Equal(t, map[string]target.Expected{"jit": {Is: []string{"shut"}}}, b.Expect())
	assert.Equal(t, report.ExitFailed, b.Report.Summary.Exit)
	assert.Contains(t, b.Records[0].Runs[0].Steps[0].Request.Changed, "redaction", "its signature no longer fits, and it says so")
}

func TestRedactingDoesNotTouchTheOriginal(t *testing.T) {
	t.Parallel()
	_, run := sample()
	_, same := sample()
	redactor(t, alice).Run(run)
	assert.Equal(t, same, run)
}

func TestVerifyNamesEachTamperedFile(t *testing.T) {
	t.Parallel()
	path := written(t)
	p := filepath.Join(path, "messages", "okta-000-login-response.xml")
	raw, err := os.ReadFile(p)
	require.NoError(t, err)
	raw[3] ^= 1
	require.NoError(t, os.WriteFile(p, raw, 0o600))
	require.NoError(t, os.Remove(filepath.Join(path, "junit.xml")))
	require.NoError(t, os.WriteFile(filepath.Join(path, "extra.txt"), nil, 0o600))
	err = Verify(path)
	require.ErrorContains(t, err, "messages/okta-000-login-response.xml was changed")
	require.ErrorContains(t, err, "junit.xml is missing")
	require.ErrorContains(t, err, "extra.txt was added")
}

// The remains of a killed run are read, judged with what was known, and say
// that they are remains.
func TestWhatAKilledRunLeavesIsReadable(t *testing.T) {
	t.Parallel()
	rec, run := sample()
	w, err := Create(t.TempDir(), "b", redactor(t, alice))
	require.NoError(t, err)
	require.NoError(t, w.Open(contents(t)))
	require.NoError(t, w.Begin(rec))
	appended(t, w, run)
	log := filepath.Join(w.Path(), "transcript.jsonl")
	f, err := os.OpenFile(log, os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.WriteString(`{"id":"okta/001","steps":[{"na`)
	require.NoError(t, err)
	require.NoError(t, f.Close())

	b, err := Read(w.Path())
	require.NoError(t, err)
	assert.True(t, b.Partial)
	assert.Contains(t, b.Note, "never finished")
	assert.Contains(t, b.Note, "torn off")
	require.Len(t, b.Records, 1)
	assert.Len(t, b.Records[0].Runs, 1)
	assert.NotEmpty(t, b.Records[0].Cut)
	assert.NotNil(t, b.SP)
	assert.Equal(t, noon, b.Report.Started)
	require.ErrorContains(t, Verify(w.Path()), "manifest.json")

	require.NoError(t, os.WriteFile(log, []byte("not json\n{}\n"), 0o600))
	_, err = Read(w.Path())
	require.ErrorContains(t, err, "transcript.jsonl:1")
	_, err = Read(t.TempDir())
	require.ErrorIs(t, err, ErrNotBundle)
}

func TestAbortSaysWhy(t *testing.T) {
	t.Parallel()
	rec, run := sample()
	w, err := Create(t.TempDir(), "b", redactor(t, alice))
	require.NoError(t, err)
	require.NoError(t, w.Begin(rec))
	appended(t, w, run)
	b, err := Read(w.Abort("interrupted by alicia"))
	require.NoError(t, err)
	assert.Equal(t, "interrupted by "+redactor(t, alice).String("alicia"), b.Records[0].Cut)
	assert.Equal(t, noon, b.Report.Started, "nothing said when it began but the first run")
}

// The redactor is made not to know a spelling; the self-test must find it.
func TestALeakRefusesTheBundle(t *testing.T) {
	t.Parallel()
	for _, leak := range []string{"YWxpY2lhLndvbmRlckBjb3JwLmV4YW1wbGU=", "eHg6Y2FuYXJ5LXNlY3JldC12YWx1ZQ=="} {
		w, err := Create(t.TempDir(), "b", redactor(t, alice, "canary-secret-value"))
		require.NoError(t, err)
		rec, _ := sample()
		require.NoError(t, w.Begin(rec))
		require.NoError(t, os.WriteFile(filepath.Join(w.Path(), "stray.txt"), []byte("x "+leak), 0o600))
		err = w.Finish(contents(t))
		require.ErrorIs(t, err, ErrLeak)
		require.ErrorContains(t, err, "stray.txt")
		assert.NotContains(t, err.Error(), "alicia", "the message itself leaks nothing")
		assert.True(t, strings.HasSuffix(w.Path(), Partial))
	}
}

type full struct{ left int }

func (f *full) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errors.New("no space left on device")
	}
	return len(b), nil
}
func (f *full) Sync() error  { return nil }
func (f *full) Close() error { return nil }

func TestAFullDiskIsSaid(t *testing.T) {
	t.Parallel()
	rec, run := sample()
	w, err := create(t.TempDir(), "b", redactor(t, alice), func(string) (file, error) { return &full{900}, nil })
	require.NoError(t, err)
	require.NoError(t, w.Begin(rec))
	_, err = w.Append("okta", run)
	require.ErrorContains(t, err, "transcript.jsonl cannot be written: no space left on device")
	require.ErrorContains(t, err, w.Path())
	require.Error(t, w.Finish(contents(t)), "a bundle that lost something is never finished")
}

// synced tells of each time that it is brought to the disk, and knows whether
// something was written since, and was when it was closed.
type synced struct {
	loose, lost atomic.Bool
	told        chan struct{}
}

func (f *synced) Write(b []byte) (int, error) { f.loose.Store(true); return len(b), nil }
func (f *synced) Sync() error                 { f.loose.Store(false); f.told <- struct{}{}; return nil }
func (f *synced) Close() error                { f.lost.Store(f.loose.Load()); return nil }

// A line is on the disk at once, or within a second where lines come by the
// hundred; a closed transcript is there as a whole. The clock is the bubble's.
func TestALineReachesTheDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		rec, run := sample()
		f := &synced{told: make(chan struct{}, 1000)}
		w, err := create(dir, "b", redactor(t, alice), func(string) (file, error) { return f, nil })
		require.NoError(t, err)
		began := time.Now()
		require.NoError(t, w.Begin(rec))
		assert.False(t, f.loose.Load())
		<-f.told
		for range 100 {
			appended(t, w, run)
		}
		assert.Empty(t, f.told, "they wait for one another")
		<-f.told // nobody writes any more, and still it comes
		assert.False(t, f.loose.Load())
		assert.Equal(t, longestLoose, time.Since(began))
		appended(t, w, run)
		assert.True(t, f.loose.Load())
		w.Abort("enough")
		assert.False(t, f.lost.Load(), "nothing stays behind in memory")
	})
}

func TestCreateRefusesAndNeverOverwrites(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	notDir := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(notDir, nil, 0o600))
	_, err := Create(filepath.Join(notDir, "x"), "b", redactor(t, alice))
	require.ErrorContains(t, err, "cannot be made")
	_, err = Create(dir, "b", nil)
	require.ErrorContains(t, err, "no redactor")
	one, err := Create(dir, "b", redactor(t, alice))
	require.NoError(t, err)
	two, err := Create(dir, "b", redactor(t, alice))
	require.NoError(t, err)
	assert.NotEqual(t, one.Path(), two.Path())
	assert.Equal(t, "samlcheck-target-20261123T221000Z", Name("???", noon))
}

func TestRedactionJSONCounts(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join(written(t), "redaction.json"))
	require.NoError(t, err)
	var r redaction
	require.NoError(t, json.Unmarshal(raw, &r))
	assert.Positive(t, r.Counts["signature"])
	assert.Positive(t, r.Counts["e-mail"])
	assert.Positive(t, r.Searched)
}

// report0 is a report of nothing.
func report0() report.Report {
	return report.Report{Tool: report.Tool{Name: "samlcheck", Version: "test"}, Started: noon, Finished: noon.Add(time.Minute),
		Target: report.Target{Name: "Acme", Kind: report.LiveTarget}, Faces: []report.Face{{Face: "okta"}}}
}

// Killed between the manifest and the renaming: what lies there was not looked
// through to the end, so it is not taken for a finished bundle.
func TestAManifestUnderATemporaryNameDoesNotCount(t *testing.T) {
	t.Parallel()
	path := written(t)
	require.NoError(t, os.Rename(path, path+Partial))
	b, err := Read(path + Partial)
	require.NoError(t, err)
	assert.True(t, b.Partial)
	assert.Contains(t, b.Records[0].Cut, "never finished")
	require.ErrorContains(t, Verify(path+Partial), "never finished")
}

func appended(t testing.TB, w *Writer, run transcript.Run) {
	t.Helper()
	_, err := w.Append("okta", run)
	require.NoError(t, err)
}
