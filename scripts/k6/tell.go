package saml

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"go.k6.io/k6/errext"
	"go.k6.io/k6/lib"
	"go.k6.io/k6/metrics"

	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/transcript"
)

// prove looks whether somebody whose login went well is signed in: by the
// target's session.proof, else by the first of its session.pages, which a
// stranger is sent away from. A target with neither is taken at its word, its
// status codes.
func (w *walk) prove(ctx context.Context) {
	at := w.a.page()
	if w.out.Kind != Accepted || !w.a.proof || at == "" {
		return
	}
	u, err := url.Parse(at)
	if err != nil {
		w.fail(Harness, "session.proof is no address")
		return
	}
	look := w.look(ctx, u)
	w.asks = look.asks
	if why := look.denies(u); why != "" {
		w.fail(NotSignedIn, u.Path+" "+why)
	}
}

// page is where somebody who is signed in is recognised; "" where nobody says.
func (a *asked) page() string {
	switch s := a.o.t.Session; {
	case s.Proof != nil:
		return actor.Expand(s.Proof.URL, a.person)
	case len(s.Pages) > 0:
		return actor.Expand(s.Pages[0], a.person)
	}
	return ""
}

// look opens a page with the cookies of the login, and ends where it asks to
// sign in.
func (w *walk) look(ctx context.Context, u *url.URL) *walk {
	look := &walk{i: w.i, state: w.state, a: w.a, jar: w.jar, reply: w.reply, out: &Result{Acs: http.StatusOK}}
	next := &request{method: http.MethodGet, url: u, name: "saml proof"}
	for hop := 0; next != nil && hop < fewHops; hop++ {
		if slices.Contains(w.a.stage.IdP.Hosts(), next.url.Host) {
			look.fail(NotSignedIn, "it asks to sign in")
			return look
		}
		next = look.atSP(ctx, next)
	}
	return look
}

const fewHops = 5 // of a page that only somebody who is signed in sees

// denies says why the page that was opened shows nobody signed in; "" where it
// does.
func (w *walk) denies(u *url.URL) string {
	p := w.a.o.t.Session.Proof
	switch {
	case w.out.Kind == NotSignedIn:
		return w.out.Reason
	case p != nil && p.Status != 0:
		if w.out.Status != p.Status {
			return fmt.Sprintf("has status %d, not %d", w.out.Status, p.Status)
		}
	case w.out.Kind != Accepted:
		return "is not to be seen: " + w.out.Reason
	case p == nil && w.out.URL != u.Scheme+"://"+u.Host+u.Path:
		return "sends to " + w.out.URL
	}
	if p != nil && !strings.Contains(squeezed(w.text()), squeezed(actor.Expand(p.Contains, w.a.person))) {
		return "does not say what session.proof says"
	}
	return ""
}

// text is the last page as a person reads it.
func (w *walk) text() string {
	hop := transcript.Hop{URL: w.out.URL}
	browser.Observe(&hop, w.fill.Header, w.fill.Body)
	return hop.Title + "\n" + strings.Join(hop.Blocks, "\n")
}

func squeezed(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// told hands what came of a login to k6's metrics and to the script, and ends the
// test where the service provider asks to be left alone.
func (i *instance) told(ctx context.Context, state *lib.State, w *walk, login bool) *Result {
	r := w.out
	r.Accepted = r.Kind == Accepted
	if login && r.Acs != 0 {
		i.measure(ctx, state, i.metrics.login, w.a, time.Duration(r.Ms*float64(time.Millisecond)))
	}
	i.count(ctx, state, i.metrics.accepted, w.a, "", map[bool]float64{true: 1}[r.Accepted])
	if !r.Accepted {
		i.count(ctx, state, i.metrics.refused, w.a, r.Kind, 1)
	}
	if w.asks != "" && !w.a.again {
		i.vu.Runtime().Interrupt(&errext.InterruptError{
			Reason: errext.AbortTest + ": " + w.out.URL + " asks to be left alone (Retry-After: " + w.asks + "): fewer VUs, or ignoreRetryAfter: true if that is yours to decide",
		})
	}
	return r
}

// measure adds to a trend.
func (i *instance) measure(ctx context.Context, state *lib.State, m *metrics.Metric, a *asked, took time.Duration) {
	i.count(ctx, state, m, a, "", milliseconds(took))
}

func (i *instance) count(ctx context.Context, state *lib.State, m *metrics.Metric, a *asked, kind string, value float64) {
	tags := state.Tags.GetCurrentValues()
	set := tags.Tags.With("face", a.face).With("person", a.kind)
	if kind != "" {
		set = set.With("kind", kind)
	}
	metrics.PushIfNotDone(ctx, state.Samples, metrics.Sample{
		TimeSeries: metrics.TimeSeries{Metric: m, Tags: set}, Time: time.Now(), Value: value, Metadata: tags.Metadata,
	})
}
