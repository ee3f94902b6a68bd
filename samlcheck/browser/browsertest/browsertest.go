// Package browsertest holds what every Browser must do alike. A browser's own
// test calls [Run] with a way to make one; whoever adds a browser adds one
// line.
//
// It compares what is recorded, not how: statuses, addresses, cookies, forms,
// texts and the words of failures. What only some browsers can see (what a
// script draws) stands in the tests of those.
package browsertest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/transcript"
)

// Options is what a test wants of a browser.
type Options struct {
	Transport  http.RoundTripper // answers the IdP's hosts; nil where there are none
	IdPHosts   []string
	HopTimeout time.Duration
	MaxHops    int
}

// Factory makes a fresh browser, which the caller closes.
type Factory func(t *testing.T, o Options) browser.Browser

// Traits are what a browser is, where that makes a difference.
type Traits struct {
	Scripts bool // it runs them
}

// Run tries everything.
func Run(t *testing.T, make Factory, is Traits) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, *bench){
		"redirects": redirects, "refresh": refresh, "forms": forms, "page": page, "cookies": cookies,
		"strict after a post": strictAfterPost, "IdP": atIdP, "starts": starts, "json": followsJSON, "tokens": tokens,
		"still moving": stillMoving, "broken": broken, "never answers": neverAnswers, "statuses": statuses,
		"fresh": fresh, "again": again, "no address": noAddress, "shell": shell, "fill": fill, "given up": givenUp,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, &bench{t: t, make: make, is: is})
		})
	}
}

type bench struct {
	t    *testing.T
	make Factory
	is   Traits
}

func (b *bench) browser(o Options) browser.Browser {
	b.t.Helper()
	br := b.make(b.t, o)
	b.t.Cleanup(func() { assert.NoError(b.t, br.Close()) })
	return br
}

// site is a server that remembers what it was asked.
type site struct {
	*httptest.Server
	mu   sync.Mutex
	seen []asked
}

type asked struct {
	line, body string
	header     http.Header
}

func (b *bench) site(routes map[string]http.HandlerFunc) *site {
	b.t.Helper()
	mux := http.NewServeMux()
	for pattern, h := range routes {
		mux.HandleFunc(pattern, h)
	}
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		if r.URL.Path != "/favicon.ico" {
			s.mu.Lock()
			s.seen = append(s.seen, asked{r.Method + " " + r.URL.RequestURI(), string(body), r.Header.Clone()})
			s.mu.Unlock()
		}
		mux.ServeHTTP(w, r)
	}))
	b.t.Cleanup(s.Close)
	return s
}

// got is the last request that began so.
func (s *site) got(t *testing.T, line string) asked {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range slices.Backward(s.seen) {
		if strings.HasPrefix(a.line, line) {
			return a
		}
	}
	require.Fail(t, "no such request", "%s in %v", line, s.seen)
	return asked{}
}

func (b *bench) visit(br browser.Browser, r browser.Request) []transcript.Hop {
	b.t.Helper()
	hops, err := br.Visit(b.t.Context(), r)
	require.NoError(b.t, err)
	require.NotEmpty(b.t, hops)
	return hops
}

// way writes the hops as one line each, without the server's address.
func (s *site) way(hops []transcript.Hop) []string {
	var out []string
	for _, h := range hops {
		out = append(out, fmt.Sprintf("%s %s %s %d", h.Because, h.Method, strings.TrimPrefix(h.URL, s.URL), h.Status))
	}
	return out
}

func html(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<!doctype html>"+body)
	}
}

func to(status int, location string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", location)
		w.WriteHeader(status)
	}
}

// sends is a form that the page sends by itself.
func sends(method, action, fields string) string {
	return fmt.Sprintf(`<form method="%s" action="%s">%s</form><script>document.forms[0].submit()</script>`, method, action, fields)
}

// raw is a server that says these bytes after a request and hangs up.
func (b *bench) raw(say string) string {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		c, buf, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		_, _ = io.WriteString(buf, say)
		_ = buf.Flush()
		_ = c.Close()
	}))
	b.t.Cleanup(srv.Close)
	return srv.URL
}
