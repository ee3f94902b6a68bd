package suite_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// at is a target on a service provider that gives no metadata.
func at(t *testing.T, url string) *target.Target {
	t.Helper()
	tg, err := target.Parse("target.yaml", fmt.Appendf(nil, `name: Trouble
sp: {entity_id: %[1]s/sp, acs: %[1]s/acs, login: %[1]s/login}
people: {known: {email: alice@acme.example}, fresh: {domain: acme.example}}
idp: {state: %[2]q, faces: [entra]}
`, url, state), os.LookupEnv)
	require.NoError(t, err)
	return tg
}

// Whatever a service provider does, the answer is undecided with a cause, the
// bundle can be read, and judging it again says the same.
func TestTroublesomeServiceProviders(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		handler http.HandlerFunc
		words   string // of a landing's reason, or of why the run stopped
	}{
		"answers 500": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }, "500"},
		"loops redirects": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		}, "hops"},
		"never answers":     {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "no answer"},
		"sends 50 MB":       {fiftyMegabytes, ""},
		"closes mid-way":    {closesMidway, "closed"},
		"asks for patience": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) }, "429"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(tt.handler)
			t.Cleanup(srv.Close)
			o := suite.Options{Loaded: at(t, srv.URL), Select: []string{"provisioning"}, Out: t.TempDir()}
			if name == "never answers" {
				o.Timeout = 100 * time.Millisecond
			}
			res, err := suite.Run(t.Context(), o)
			require.NotNil(t, res, "%v", err)
			if err != nil {
				require.ErrorIs(t, err, engine.ErrUnreachable)
			}
			f := res.Report.Faces[0]
			assert.Equal(t, oracle.VerdictUndecided, report.Verdict(*f.JIT), f.JIT.Because)
			assert.Equal(t, report.ExitUndecided, res.Report.Summary.Exit)
			var reasons strings.Builder
			for _, l := range f.Landings {
				reasons.WriteString(l.Because + "\n")
			}
			assert.Contains(t, reasons.String()+res.Report.Cut, tt.words)
			again, err := suite.Judge(res.Bundle)
			require.NoError(t, err)
			assert.Equal(t, f.Findings, again.Faces[0].Findings)
		})
	}
}

func fiftyMegabytes(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	chunk := []byte(strings.Repeat("<p>filler</p>", 1<<12))
	for n := 0; n < 50<<20; n += len(chunk) {
		if _, err := w.Write(chunk); err != nil {
			return
		}
	}
}

func closesMidway(w http.ResponseWriter, _ *http.Request) {
	c, rw, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	_, _ = rw.WriteString("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
	_ = rw.Flush()
	_ = c.Close()
}

func TestServiceProviderThatIsDown(t *testing.T) {
	t.Parallel()
	ln, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	url := "http://" + ln.Addr().String()
	require.NoError(t, ln.Close())
	res, err := suite.Run(t.Context(), suite.Options{Loaded: at(t, url), Out: t.TempDir()})
	require.ErrorIs(t, err, engine.ErrUnreachable)
	assert.Contains(t, err.Error(), url)
	b, err := bundle.Read(res.Bundle)
	require.NoError(t, err)
	assert.Contains(t, b.Report.Cut, "cannot be reached")
	assert.Positive(t, res.Report.Summary.Pass, "what documents say is said all the same")
}

func TestInterruptedRunKeepsWhatItSaw(t *testing.T) {
	t.Parallel()
	sp, tg := standIn(t, "okta", false, samepage.Options{JIT: samepage.Create})
	require.NoError(t, sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
	ctx, cancel := context.WithCancel(t.Context())
	res, err := suite.Run(ctx, suite.Options{
		Loaded: tg, Faces: []string{"okta"}, Out: t.TempDir(), Select: []string{"provisioning"},
		Progress: func(e suite.Event) {
			if e.Done == 6 {
				cancel()
			}
		},
	})
	require.ErrorIs(t, err, context.Canceled)
	f := res.Report.Faces[0]
	assert.Equal(t, "interrupted", f.Cut)
	assert.Equal(t, oracle.VerdictUndecided, report.Verdict(*f.JIT))
	b, err := bundle.Read(res.Bundle)
	require.NoError(t, err)
	assert.GreaterOrEqual(t, len(b.Records[0].Runs), 6)
	again, err := suite.Judge(res.Bundle)
	require.NoError(t, err)
	assert.Equal(t, f.Findings, again.Faces[0].Findings)
}

func TestTwoRunsOnOneStateFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state")
	var failed atomic.Int32
	metadata := make(chan string, 2)
	tg := at(t, "http://127.0.0.1:1")
	tg.IdP.State = dir
	for range 2 {
		go func() {
			i, err := suite.IdP("entra", suite.Options{Loaded: tg})
			if err != nil {
				failed.Add(1)
				metadata <- err.Error()
				return
			}
			metadata <- string(i.Metadata())
		}()
	}
	first := <-metadata
	assert.Equal(t, first, <-metadata, "both have the same keys")
	assert.Zero(t, failed.Load())
}

func TestUnwritableStateFolder(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	tg := at(t, "http://127.0.0.1:1")
	tg.IdP.State = filepath.Join(file, "state")
	_, err := suite.Run(t.Context(), suite.Options{Loaded: tg})
	require.ErrorIs(t, err, suite.ErrUsage)
	assert.Contains(t, err.Error(), "state folder")
}

func TestEvidenceThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, tg := standIn(t, "okta", false, samepage.Options{})
	_, err := suite.Run(t.Context(), suite.Options{Loaded: tg, Faces: []string{"okta"}, Out: filepath.Join(file, "out")})
	require.ErrorIs(t, err, suite.ErrUsage)
	assert.Contains(t, err.Error(), "evidence folder")
}

func TestConsent(t *testing.T) {
	t.Parallel()
	_, err := suite.Run(t.Context(), suite.Options{Loaded: at(t, "https://app.example")})
	require.ErrorIs(t, err, suite.ErrUsage)
	assert.Contains(t, err.Error(), "app.example is not on this machine")
}
