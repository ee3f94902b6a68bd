package plain_test

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/browser/plain"
)

func TestStillMoving(t *testing.T) {
	t.Parallel()
	srv, _ := serve(t, map[string]http.HandlerFunc{
		"/a": to(302, "/b"), "/b": to(302, "/a"),
		"/more": func(w http.ResponseWriter, r *http.Request) { to(302, "/more?"+r.URL.RawQuery+"x")(w, r) },
		"/self": page(`<form method=post><input type=hidden name=SAMLRequest value=x></form>`),
	})
	b := fresh(t, plain.Options{})
	for start, want := range map[string]string{
		"/a":    "still moving after 14 hops: in a circle through " + srv.URL + "/a",
		"/self": "still moving after 14 hops: in a circle through " + srv.URL + "/self",
		"/more": "still moving after 14 hops",
	} {
		hops := visit(t, b, browser.Request{URL: srv.URL + start})
		require.Len(t, hops, 14, start)
		assert.Equal(t, want, hops[13].Error)
		assert.Empty(t, hops[12].Error)
	}
	hops := visit(t, fresh(t, plain.Options{MaxHops: 3}), browser.Request{URL: srv.URL + "/a"})
	assert.Len(t, hops, 3)
}

// TestHugeBody: 50 MB are offered, and what is not read must not be waited for.
func TestHugeBody(t *testing.T) {
	t.Parallel()
	wrote := make(chan int, 1)
	srv, _ := serve(t, map[string]http.HandlerFunc{
		"/": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			chunk := []byte(strings.Repeat("<p>a lot of text</p>", 50_000)) // 1 MB
			n := 0
			defer func() { wrote <- n }()
			for range 50 {
				m, err := w.Write(chunk)
				n += m
				if err != nil {
					return
				}
			}
		},
		"/exact": page(strings.Repeat("x", 100)),
	})
	b := fresh(t, plain.Options{})
	hops := visit(t, b, browser.Request{URL: srv.URL + "/"})
	assert.EqualValues(t, plain.MaxBody, hops[0].Size)
	assert.True(t, hops[0].Truncated)
	assert.Empty(t, hops[0].Error)
	assert.Equal(t, "a lot of text", hops[0].Blocks[0])
	assert.Less(t, <-wrote, 50_000_000, "the server was cut off")

	b = fresh(t, plain.Options{MaxBody: 100})
	hops = visit(t, b, browser.Request{URL: srv.URL + "/exact"})
	assert.False(t, hops[0].Truncated, "exactly as long as is read")
	b = fresh(t, plain.Options{MaxBody: 99})
	hops = visit(t, b, browser.Request{URL: srv.URL + "/exact"})
	assert.True(t, hops[0].Truncated)
}

func TestNeverAnswers(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	srv, _ := serve(t, map[string]http.HandlerFunc{"/": func(http.ResponseWriter, *http.Request) { <-release }})
	t.Cleanup(func() { close(release) }) // before srv.Close, which waits for the handlers
	b := fresh(t, plain.Options{HopTimeout: 50 * time.Millisecond})
	hops := visit(t, b, browser.Request{URL: srv.URL + "/"})
	assert.Equal(t, "no answer within 50ms", hops[0].Error)
	assert.Zero(t, hops[0].Status)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := b.Visit(ctx, browser.Request{URL: srv.URL + "/"})
	assert.ErrorIs(t, err, context.Canceled)
}

// endless answers at once with the beginning of a body, and never ends it.
type endless map[string]http.Response

func (e endless) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, ok := e[r.URL.Path]
	if !ok {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	resp.Body = io.NopCloser(io.MultiReader(strings.NewReader("<p>so far</p>"), silence{r.Context()}))
	return &resp, nil
}

type silence struct{ ctx context.Context }

func (s silence) Read([]byte) (int, error) {
	<-s.ctx.Done()
	return 0, s.ctx.Err()
}

func TestNeverEnds(t *testing.T) {
	t.Parallel()
	b := fresh(t, plain.Options{HopTimeout: time.Millisecond, Transport: endless{
		"/half":  {StatusCode: 200, Header: http.Header{"Content-Type": {"text/html"}}},
		"/moved": {StatusCode: 302, Header: http.Header{"Location": {"/silent"}}},
	}})
	hops := visit(t, b, browser.Request{URL: "http://sp.example/half"})
	assert.Equal(t, "no answer within 1ms: the answer had begun, 13 bytes of its body came", hops[0].Error)
	assert.Equal(t, 200, hops[0].Status)
	assert.Equal(t, []string{"so far"}, hops[0].Blocks)

	hops = visit(t, b, browser.Request{URL: "http://sp.example/moved"})
	require.Len(t, hops, 2, "nobody needs a redirect's body")
	assert.Empty(t, hops[0].Error)
	assert.Equal(t, "no answer within 1ms", hops[1].Error)
}

// TestContextEndsDuringAHop: the caller's own deadline is the caller's, not the
// service provider's silence.
func TestContextEndsDuringAHop(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	srv, _ := serve(t, map[string]http.HandlerFunc{"/": func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() }})
	hops, err := fresh(t, plain.Options{}).Visit(ctx, browser.Request{URL: srv.URL + "/"})
	require.ErrorIs(t, err, context.Canceled)
	assert.Len(t, hops, 1)
}

// raw is a server that says these bytes after a request and hangs up.
func raw(t *testing.T, say string) string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		c, buf, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		_, _ = io.WriteString(buf, say)
		_ = buf.Flush()
		_ = c.Close()
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

func TestTransportErrors(t *testing.T) {
	t.Parallel()
	secure := httptest.NewTLSServer(page("x"))
	t.Cleanup(secure.Close)
	secure.Config.ErrorLog = nil
	open := httptest.NewServer(page("x"))
	t.Cleanup(open.Close)
	gone := httptest.NewServer(page("x"))
	closed := gone.URL
	gone.Close()

	b := fresh(t, plain.Options{})
	for name, c := range map[string]struct {
		url, begins string
		reached     bool
	}{
		"nobody listens":    {closed, browser.CannotConnect, false},
		"no such name":      {"http://nowhere.invalid/", browser.CannotConnect, false},
		"unknown authority": {secure.URL, browser.TLS, false},
		"http, not https":   {strings.Replace(open.URL, "http://", "https://", 1), browser.TLS, false},
		"hangs up":          {raw(t, ""), browser.Closed + " before an answer", true},
		"hangs up midway":   {raw(t, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\n<p>half"), browser.Closed + " in the middle of the answer, after 7 bytes", true},
		"chunk broken off":  {raw(t, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc"), browser.Closed, true},
		"not HTTP":          {raw(t, "SSH-2.0-x\r\n\r\n"), browser.NotHTTP, true},
		"redirected astray": {raw(t, "HTTP/1.1 302 Found\r\nLocation: myapp://done\r\nContent-Length: 0\r\n\r\n"), browser.Astray, true},
	} {
		hops := visit(t, b, browser.Request{URL: c.url})
		require.Len(t, hops, 1, name)
		assert.True(t, strings.HasPrefix(hops[0].Error, c.begins), "%s: %s", name, hops[0].Error)
		assert.Equal(t, !c.reached, browser.NeverReached(hops[0].Error), name)
		if name == "hangs up midway" {
			assert.Equal(t, []string{"half"}, hops[0].Blocks, "what came is kept")
			assert.Equal(t, 200, hops[0].Status)
		}
	}

	pool := secure.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	b = fresh(t, plain.Options{Transport: plain.NewTransport(&tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12})})
	assert.Empty(t, visit(t, b, browser.Request{URL: secure.URL})[0].Error, "with the right authority it is read")
}

type broken struct{}

func (broken) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, &net.OpError{Op: "read", Err: io.ErrNoProgress}
}

func TestOtherErrorsAreSaid(t *testing.T) {
	t.Parallel()
	hops := visit(t, fresh(t, plain.Options{Transport: broken{}}), browser.Request{URL: "http://sp.example/"})
	assert.Contains(t, hops[0].Error, "request failed: ")
}

func TestNoProxyOfTheEnvironment(t *testing.T) {
	t.Parallel()
	assert.Nil(t, plain.NewTransport(nil).Proxy)
}
