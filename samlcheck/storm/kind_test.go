package storm

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser/plain"
	"example.com/samepage/samlcheck/transcript"
)

// listen answers every connection with what the function writes.
func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	var lc net.ListenConfig
	ln, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { ln.Close() })
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go serve(c)
		}
	}()
	return "http://" + ln.Addr().String()
}

// read takes a request's head off the connection.
func read(c net.Conn) { _, _ = c.Read(make([]byte, 1<<16)) }

func TestFailuresByKind(t *testing.T) {
	t.Parallel()
	over := make(chan struct{})
	t.Cleanup(func() { close(over) })
	mute := listen(t, func(c net.Conn) { _, _ = io.Copy(io.Discard, c); c.Close() })
	for name, c := range map[string]struct {
		at   string
		page http.HandlerFunc
		want Kind
	}{
		"nobody listens": {at: "http://127.0.0.1:1", want: Refused},
		"no such name":   {at: "http://sp.invalid", want: Refused},
		"closed":         {at: listen(t, func(c net.Conn) { read(c); c.Close() }), want: Reset},
		"reset": {at: listen(t, func(c net.Conn) {
			read(c)
			_ = c.(*net.TCPConn).SetLinger(0)
			c.Close()
		}), want: Reset},
		"cut short": {at: listen(t, func(c net.Conn) {
			read(c)
			fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n<p>half")
			c.Close()
		}), want: Reset},
		"garbage":       {at: listen(t, func(c net.Conn) { read(c); fmt.Fprint(c, "\x00\x01garbage\r\n\r\n"); c.Close() }), want: NotHTTP},
		"not TLS":       {at: strings.Replace(mute, "http:", "https:", 1), want: Timeout},
		"plain for TLS": {at: "https" + strings.TrimPrefix(listen(t, func(c net.Conn) { read(c); fmt.Fprint(c, "HTTP/1.1 400 Bad\r\n\r\n"); c.Close() }), "http"), want: TLS},
		"hangs":         {page: func(_ http.ResponseWriter, r *http.Request) { hang(r, over) }, want: Timeout},
		"hangs in the middle": {page: func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "<p>wait")
			w.(http.Flusher).Flush()
			hang(r, over)
		}, want: Timeout},
		"too many":    {page: status(429, "text/html", "slow down"), want: TooMany},
		"broken":      {page: status(502, "text/html", "bad gateway"), want: ServerError},
		"forbidden":   {page: status(403, "text/html", "no"), want: ClientError},
		"empty":       {page: status(200, "text/html", ""), want: NotAPage},
		"a picture":   {page: status(200, "image/png", "\x89PNG\x00\x00"), want: NotAPage},
		"in a circle": {page: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/again", http.StatusSeeOther) }, want: Wandering},
		"to an app": {page: func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "app://open")
			w.WriteHeader(302)
		}, want: Astray},
		"a page": {page: status(200, "text/html", "<title>Home</title>"), want: ""},
		"posts itself": {page: func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/end" {
				fmt.Fprint(w, "<title>Home</title>")
				return
			}
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<form method="post" action="/end"><input type="hidden" name="x" value="1"></form><script>document.forms[0].submit()</script>`)
		}, want: ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := c.at
			if c.page != nil {
				s := httptest.NewServer(c.page)
				t.Cleanup(s.Close)
				at = s.URL
			}
			o := options(t, nil, "")
			o.Stage.SP.ACS = []string{at + "/acs"}
			o.Timeout = 10 * time.Second
			if c.want == Timeout {
				o.Timeout = 200 * time.Millisecond
			}
			rt := plain.NewTransport(nil)
			t.Cleanup(rt.CloseIdleConnections)
			out := light1(t, o, rt, newPlaces())
			assert.Equal(t, c.want, out.kind, out.detail)
			if c.want == "" {
				assert.Equal(t, 200, out.place.Status)
				assert.Equal(t, Elsewhere, out.like, "no control has taught anything")
			}
		})
	}
}

// hang gives no answer until the caller has gone, or the test is over.
func hang(r *http.Request, over <-chan struct{}) {
	_, _ = io.Copy(io.Discard, r.Body) // else the server does not notice that the caller has gone
	select {
	case <-r.Context().Done():
	case <-over:
	}
}

func status(code int, kind, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(code)
		_, _ = io.WriteString(w, text)
	}
}

func TestKindsOfSampledLogins(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]Kind{
		"cannot connect: dial tcp": Refused, "no answer within 5s": Timeout, "connection closed before an answer came": Reset, "TLS: bad certificate": TLS,
		"not HTTP: malformed": NotHTTP, "still moving after 14 hops": Wandering, "cannot follow: x": Astray, "cannot be read: x": NotAPage, "request failed: x": Reset,
	} {
		assert.Equal(t, want, kindOfHop(transcript.Hop{Error: words}), words)
	}
	assert.Equal(t, ServerError, kindOfHop(transcript.Hop{Status: 503}))
	assert.Empty(t, kindOfHop(transcript.Hop{Status: 200}))
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	hops := func(answer, rest int, url string) []transcript.Hop {
		return []transcript.Hop{
			{URL: "https://idp.example/sso", AtIdP: true, Status: 200},
			{URL: "https://sp.example/acs", Posted: []string{"SAMLResponse"}, Status: answer}, {URL: url, Status: rest},
		}
	}
	p := newPlaces()
	p.learn(hops(303, 200, "https://sp.example/home?x=1#y"), true)
	p.learn(hops(303, 200, "https://sp.example/login"), false)
	assert.True(t, p.tells())
	home := Place{303, 200, "https://sp.example/home"}
	like, kind := p.judge(home, true)
	assert.Equal(t, LikeKnown, like)
	assert.Empty(t, kind)
	like, kind = p.judge(Place{303, 200, "https://sp.example/login"}, true)
	assert.Equal(t, LikeRefused, like)
	assert.Equal(t, RefusedLogin, kind)
	like, kind = p.judge(Place{303, 200, "https://sp.example/welcome"}, true)
	assert.Equal(t, Elsewhere, like)
	assert.Empty(t, kind, "another place is no failure")

	// A page of one's own for each login: only status and answer can tell.
	p = newPlaces()
	p.learn(hops(303, 200, "https://sp.example/u/1"), true)
	p.learn(hops(303, 200, "https://sp.example/u/2"), true)
	p.learn(hops(200, 200, "https://sp.example/acs"), false)
	assert.Equal(t, LikeKnown, p.like(Place{303, 200, "https://sp.example/u/77"}))
	assert.True(t, p.tells())

	// A service provider whose home answers 403, as some do.
	p = newPlaces()
	p.learn(hops(302, 403, "https://sp.example/home"), true)
	_, kind = p.judge(Place{302, 403, "https://sp.example/home"}, true)
	assert.Empty(t, kind)

	// A page that posts itself and one that stays, at one address: both are read.
	p = newPlaces()
	p.learn(hops(200, 200, "https://sp.example/home"), true)
	p.learn([]transcript.Hop{{URL: "https://sp.example/acs", Status: 200, Posted: []string{"SAMLResponse"}}}, false)
	assert.False(t, p.stays(200, at(t, "https://sp.example/acs")))
	assert.True(t, p.stays(200, at(t, "https://sp.example/home?y=2")))
}
