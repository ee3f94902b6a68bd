package actor

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/trial"
)

// desk is the transport of one browser. While a login runs, the identity
// provider sits at it and answers; at any other time a request to the IdP's
// hosts finds a sign-in page and nobody who signs in. Without that, looking at
// the SP's login URL would sign a stranger in.
type desk struct {
	base   http.RoundTripper
	hosts  []string
	entity string

	mu  sync.Mutex
	idp idp.Player
}

func (d *desk) sit(p idp.Player) { d.set(p) }
func (d *desk) leave()           { d.set(nil) }

func (d *desk) set(p idp.Player) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.idp = p
}

// RoundTrip implements http.RoundTripper.
func (d *desk) RoundTrip(r *http.Request) (*http.Response, error) {
	d.mu.Lock()
	p := d.idp
	d.mu.Unlock()
	if r.URL.Host == trial.Elsewhere {
		return elsewhere(r), nil
	}
	if p != nil {
		return p.RoundTrip(r)
	}
	if !slices.Contains(d.hosts, r.URL.Host) {
		return d.base.RoundTrip(r)
	}
	return page(r, fmt.Sprintf(`<!doctype html><!-- samlcheck mock identity provider --><title>Sign in</title><h1>Sign in</h1><p>%s</p>`+
		`<form method="post"><input name="username"><input name="password" type="password"></form>`, d.entity)), nil
}

// page answers out of this process.
func page(r *http.Request, text string) *http.Response {
	if r.Body != nil {
		_ = r.Body.Close() // nobody reads it
	}
	return &http.Response{
		StatusCode: http.StatusOK, Status: "200 OK", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}, "X-Mock-Idp": {"samlcheck"}},
		Body:   io.NopCloser(strings.NewReader(text)), ContentLength: int64(len(text)), Request: r,
	}
}
