// Package capturetest records logins at the stand-in as browsers record them: a
// transport that writes down what goes through it, and the shapes in which
// Chrome, Firefox, Safari, Fiddler and SAML-tracer save it.
//
// The files that it makes hold cookies and signatures of a login that nobody
// can use any more: the stand-in is gone with the test.
package capturetest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Entry is one request as it went by.
type Entry struct {
	Began    time.Time
	Took     time.Duration
	Method   string
	URL      string
	Asked    http.Header
	Posted   string
	Status   int
	Given    http.Header
	Body     []byte
	Resource string // Chrome's word; "" is "document"
}

// Recorder writes down what goes through it.
type Recorder struct {
	Base http.RoundTripper

	mu      sync.Mutex
	entries []Entry
}

// RoundTrip implements http.RoundTripper.
func (r *Recorder) RoundTrip(q *http.Request) (*http.Response, error) {
	e := Entry{Began: time.Now().UTC(), Method: q.Method, URL: q.URL.String(), Asked: q.Header.Clone()}
	if q.Body != nil {
		raw, err := io.ReadAll(q.Body)
		if err != nil {
			return nil, fmt.Errorf("capturetest: %w", err)
		}
		_ = q.Body.Close()
		e.Posted = string(raw)
		q = q.Clone(q.Context())
		q.Body = io.NopCloser(bytes.NewReader(raw))
	}
	a, err := r.Base.RoundTrip(q)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(a.Body)
	if err != nil {
		return nil, fmt.Errorf("capturetest: %w", err)
	}
	_ = a.Body.Close()
	a.Body = io.NopCloser(bytes.NewReader(raw))
	e.Status, e.Given, e.Body, e.Took = a.StatusCode, a.Header.Clone(), raw, time.Since(e.Began)
	r.mu.Lock()
	r.entries = append(r.entries, e)
	r.mu.Unlock()
	return a, nil
}

// Entries is what went by so far.
func (r *Recorder) Entries() []Entry {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]Entry(nil), r.entries...)
}

// Field is the decoded value of a posted field; "" where there is none.
func (e Entry) Field(name string) string {
	form, err := url.ParseQuery(e.Posted)
	if err != nil {
		return ""
	}
	return form.Get(name)
}

// Answering is the entry that posts the response; -1 for none.
func Answering(es []Entry) int {
	for i, e := range es {
		if strings.Contains(e.Posted, "SAMLResponse=") {
			return i
		}
	}
	return -1
}
