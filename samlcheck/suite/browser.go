package suite

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/browser/chromium"
	"example.com/samepage/samlcheck/browser/plain"
	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/trial"
)

// Browsers that a run can use.
const (
	byHTTP     = "plain"
	byChromium = "chromium"
)

// choice is the target with the browser that the caller wants instead.
func (j *job) choice() error {
	if j.o.Browser == "" {
		return nil
	}
	if !slices.Contains([]string{byHTTP, byChromium, byPerson}, j.o.Browser) {
		return usagef("", "suite: there is no browser %q: plain, chromium and manual are known", j.o.Browser)
	}
	t := *j.t
	t.Browser = j.o.Browser
	j.t = &t
	return nil
}

// window is the run's Chromium, and where its pictures go.
type window struct {
	chromium *chromium.Chromium
	own      bool // started for this run
	red      *bundle.Redactor
	evidence *evidence
}

// openWindow starts Chromium where the target wants it. A Chromium that the
// caller brought is used, and left running.
func (j *job) openWindow(ctx context.Context) error {
	if j.t.Browser != byChromium {
		return nil
	}
	j.window.chromium = j.o.Chromium
	if j.o.Chromium != nil {
		return nil
	}
	c, err := chromium.Start(ctx, chromium.Options{Hosts: j.t.Hosts(), HopTimeout: j.o.Timeout})
	if errors.Is(err, chromium.ErrMissing) {
		return usage{err, "`browser: plain` needs none, and sees everything but what scripts draw"}
	}
	j.window.chromium, j.window.own = c, true
	return err
}

func (w *window) close() {
	if w.own && w.chromium != nil {
		_ = w.chromium.Close() // it is gone either way
	}
}

// profile is a fresh browser for one trial.
func (j *job) profile(rt http.RoundTripper, idpHosts []string) browser.Browser {
	if j.t.Browser != byChromium {
		return plain.New(plain.Options{Transport: rt, Now: j.o.Now, HopTimeout: j.o.Timeout, IdPHosts: idpHosts})
	}
	p := chromium.Profile{Transport: rt, IdPHosts: idpHosts, Inside: []string{trial.Elsewhere}}
	if w := j.window; w.red != nil && w.evidence != nil && w.evidence.w != nil {
		p.Screen, p.Redact = w.evidence.w.Screen, w.red.String
	}
	return j.window.chromium.New(p)
}
