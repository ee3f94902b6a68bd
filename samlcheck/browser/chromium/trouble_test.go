package chromium_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/browser/chromium"
	"example.com/samepage/samlcheck/transcript"
)

// served is a site of one page and one API, which a script asks.
func served(t *testing.T, page string, api http.HandlerFunc) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<!doctype html>"+page)
	})
	if api != nil {
		mux.HandleFunc("/api", api)
	}
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	t.Cleanup(srv.CloseClientConnections) // before Close: some answers never end
	return srv.URL
}

// at is the last hop of one visit in a fresh profile.
func at(t *testing.T, c *chromium.Chromium, p chromium.Profile, r browser.Request) transcript.Hop {
	t.Helper()
	b := c.New(p)
	t.Cleanup(func() { assert.NoError(t, b.Close()) })
	hops, err := b.Visit(t.Context(), r)
	require.NoError(t, err)
	require.NotEmpty(t, hops)
	return hops[len(hops)-1]
}

// What only a browser that runs scripts has to get right, in one Chromium.
func TestScriptedPages(t *testing.T) {
	t.Parallel()
	c := started(t, chromium.Options{Settle: 30 * time.Second, HopTimeout: time.Minute})
	refuses := func(w http.ResponseWriter, _ *http.Request) { http.Error(w, `{"why":"no"}`, http.StatusUnauthorized) }

	t.Run("answer that no script reads", func(t *testing.T) {
		t.Parallel()
		url := served(t, `<p id=p>wait</p><script>fetch("/api").then(r => { p.textContent = r.ok ? "in" : "please sign in" })</script>`, refuses)
		h := at(t, c, chromium.Profile{}, browser.Request{URL: url})
		assert.Empty(t, h.Error, "it has no end, and keeps the page from nothing")
		assert.Equal(t, []string{"please sign in"}, h.Blocks)
		require.Len(t, h.Fetches, 1)
		assert.Equal(t, 401, h.Fetches[0].Status)
	})
	t.Run("blocked host", func(t *testing.T) {
		t.Parallel()
		url := served(t, `<p>here</p><script>fetch("https://tracker.example/x").catch(() => 0)</script>`, nil)
		h := at(t, c, chromium.Profile{}, browser.Request{URL: url})
		assert.Empty(t, h.Error)
		assert.Equal(t, []string{"tracker.example"}, h.Blocked)
		h = at(t, c, chromium.Profile{}, browser.Request{URL: served(t, `<script>location.href = "https://elsewhere.example/"</script>`, nil)})
		assert.Contains(t, h.Error, "elsewhere.example is not among the hosts")
	})
	t.Run("storage", func(t *testing.T) {
		t.Parallel()
		const secret = "Zx81kQ09pLmN3vBt7YwE2sRt5"
		url := served(t, `<script>localStorage.token = "`+secret+`"; sessionStorage.theme = "dark"</script><p>kept`, nil)
		h := at(t, c, chromium.Profile{}, browser.Request{URL: url})
		assert.ElementsMatch(t, []string{"local:token", "session:theme"}, h.Storage)
		require.Len(t, h.Tokens, 1)
		assert.Equal(t, "storage:local:token", h.Tokens[0].Place)
		assert.NotContains(t, fmt.Sprint(h), secret)
	})
	t.Run("picture", func(t *testing.T) {
		t.Parallel()
		var shot []byte
		redacted := false
		p := chromium.Profile{
			Screen: func(b []byte) (string, error) { shot = b; return "screens/x.jpg", nil },
			Redact: func(s string) string {
				redacted = redacted || strings.Contains(s, "alice@acme.example")
				return strings.ReplaceAll(s, "alice@acme.example", "[known]")
			},
		}
		url := served(t, `<p>alice@acme.example`, nil)
		h := at(t, c, p, browser.Request{URL: url, Screen: true})
		assert.Equal(t, "screens/x.jpg", h.Screen)
		assert.Equal(t, "image/jpeg", http.DetectContentType(shot))
		assert.True(t, redacted, "what is shown goes through the redaction first")
		assert.Equal(t, []string{"alice@acme.example"}, h.Blocks, "the record was made before")
	})
}

// A page that does not come to rest is an error of its hop, not of the visit.
func TestNeverSettles(t *testing.T) {
	t.Parallel()
	c := started(t, chromium.Options{Settle: 2 * time.Second, HopTimeout: time.Minute})
	t.Run("changes", func(t *testing.T) {
		t.Parallel()
		url := served(t, `<p id=p></p><script>let s = ""; setInterval(() => { s += "x"; p.textContent = s }, 5)</script>`, nil)
		assert.Contains(t, at(t, c, chromium.Profile{}, browser.Request{URL: url}).Error, browser.NeverSettled)
	})
	t.Run("waits", func(t *testing.T) {
		t.Parallel()
		url := served(t, `<p>x</p><script>fetch("/api")</script>`, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		h := at(t, c, chromium.Profile{}, browser.Request{URL: url})
		assert.Contains(t, h.Error, browser.NeverSettled)
		assert.Contains(t, h.Error, "/api")
	})
}

// processes are those of this test whose command line has all of the words.
func processes(words ...string) []int {
	var out []int
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, f := range files {
		b, err := os.ReadFile(f)
		line := string(b)
		has := err == nil
		for _, w := range words {
			has = has && strings.Contains(line, w)
		}
		if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(f))); has && err == nil {
			out = append(out, pid)
		}
	}
	return out
}

// alone starts a Chromium whose profile's folder is in a folder of the test's
// own, so that nothing of another's is looked at or ended. It sets the
// environment, so its tests do not run beside others.
func alone(t *testing.T, ctx context.Context) (*chromium.Chromium, string) {
	t.Helper()
	if _, err := os.Stat("/proc/self/cmdline"); err != nil {
		t.Skip("processes cannot be looked at here: no /proc")
	}
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	c, err := chromium.Start(ctx, chromium.Options{})
	if err != nil {
		t.Skip(err)
	}
	require.NotEmpty(t, processes(dir))
	return c, dir
}

func TestKilled(t *testing.T) {
	c, dir := alone(t, t.Context())
	url := served(t, `<p>x`, nil)
	b := c.New(chromium.Profile{})
	_, err := b.Visit(t.Context(), browser.Request{URL: url})
	require.NoError(t, err)
	for _, pid := range processes(dir) {
		_ = syscall.Kill(pid, syscall.SIGKILL) // one may have gone with another
	}
	_, err = b.Visit(t.Context(), browser.Request{URL: url})
	require.ErrorContains(t, err, "chromium has ended")
	require.NoError(t, c.Close())
	assertNothingLeft(t, dir)
}

// An interrupted run leaves neither processes nor folders behind.
func TestInterrupted(t *testing.T) {
	ctx, interrupt := context.WithCancel(context.WithoutCancel(t.Context()))
	defer interrupt()
	c, dir := alone(t, ctx)
	asked := make(chan struct{}, 1)
	url := served(t, `<script>fetch("/api")</script>`, func(_ http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-r.Context().Done()
	})
	go func() {
		<-asked
		interrupt()
	}()
	_, err := c.New(chromium.Profile{}).Visit(ctx, browser.Request{URL: url})
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, c.Close())
	assertNothingLeft(t, dir)
}

func assertNothingLeft(t *testing.T, dir string) {
	t.Helper()
	assert.Eventually(t, func() bool { return len(processes(dir)) == 0 }, time.Minute, 50*time.Millisecond, "processes are left")
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range left {
		assert.NotContains(t, e.Name(), "chromedp", "the profile's folder is left")
	}
}
