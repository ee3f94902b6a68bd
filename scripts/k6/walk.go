package saml

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"time"

	"go.k6.io/k6/lib"
	"go.k6.io/k6/lib/netext/httpext"
	"go.k6.io/k6/metrics"
	"golang.org/x/net/publicsuffix"
	"gopkg.in/guregu/null.v3"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/browser/plain"
	"example.com/samepage/samlcheck/idp"
)

// Kinds of what becomes of a login; the tag "kind" of saml_refused.
const (
	Accepted    = "accepted"
	Refused     = "refused"       // the service provider answered with a page of an error, below 500
	ServerError = "server-error"  // 500 and above
	TooMany     = "too-many"      // 429
	NoAnswer    = "no-answer"     // refused or reset connections, timeouts
	NotSignedIn = "not-signed-in" // all went well, and the proof or the page to look at says no
	NoRequest   = "no-request"    // the login never came to the identity provider
	IdPRefused  = "idp-refused"   // the mock, as the vendor would: a request that it does not take
	Astray      = "astray"        // it went to a host that the target file does not name
	Wandering   = "wandering"     // it came to no rest
	Harness     = "harness"       // the fault of this program
)

const (
	formType = "application/x-www-form-urlencoded"
	patience = 60 * time.Second // for one answer, as k6's own http has it
)

// walk is one person's way through one login, with cookies of its own.
type walk struct {
	i     *instance
	state *lib.State
	a     *asked
	jar   *cookiejar.Jar
	reply idp.Reply
	fill  browser.Answer // what is to be followed and filled in
	out   *Result
	asks  string // the service provider asks to be left alone
}

// request is one hop to make.
type request struct {
	browser.Sent
	method, accept string
	url            *url.URL
	name           string // k6's tag; "" is by what it does
}

// response says whether it brings the SAML response.
func (r *request) response() bool { return slices.Contains(r.Posted, "SAMLResponse") }

// posting is a form on its way from a page.
func posting(form url.Values, to, from *url.URL) *request {
	return &request{method: http.MethodPost, url: to, Sent: browser.Sent{Body: []byte(form.Encode()), ContentType: formType, Posted: slices.Collect(maps.Keys(form)), From: from}}
}

func (i *instance) walk(state *lib.State, a *asked) (*walk, error) {
	jar, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil {
		return nil, fmt.Errorf("saml: %w", err)
	}
	return &walk{i: i, state: state, a: a, jar: jar, reply: a.reply(), out: &Result{Face: a.face, Person: a.person.Email}}, nil
}

func (w *walk) fail(kind, words string) *request {
	w.out.Kind, w.out.Reason = kind, words
	return nil
}

// begin is where the target file says that a login begins.
func (w *walk) begin(b browser.Request) *request {
	u, err := url.Parse(b.URL)
	if err != nil || u.Host == "" {
		return w.fail(Harness, "where logins start is no address")
	}
	w.fill.Follow, w.fill.Fill = b.Follow, b.Fill
	r := &request{method: b.Method, url: u}
	switch {
	case b.JSON != nil:
		r.Body, r.ContentType, r.accept = b.JSON, "application/json", "application/json, */*"
	case b.Form != nil:
		r.Body, r.ContentType = []byte(b.Form.Encode()), formType
	}
	if r.method == "" {
		r.method = http.MethodGet
		if r.Body != nil {
			r.method = http.MethodPost
		}
	}
	if r.method != http.MethodGet {
		r.From = u
	}
	return r
}

// drive goes from hop to hop until the page rests.
func (w *walk) drive(ctx context.Context, next *request) {
	for hop := 0; next != nil; hop++ {
		switch {
		case hop == plain.MaxHops:
			next = w.fail(Wandering, browser.StillMoving+" a dozen hops")
		case slices.Contains(w.a.stage.IdP.Hosts(), next.url.Host):
			next = w.atIdP(ctx, next)
		default:
			next = w.atSP(ctx, next)
		}
	}
}

// atIdP lets the mock identity provider answer, and takes the form that its page
// would post. Nothing leaves the process.
func (w *walk) atIdP(ctx context.Context, r *request) *request {
	req, err := http.NewRequestWithContext(ctx, r.method, r.url.String(), bytes.NewReader(r.Body))
	if err != nil {
		return w.fail(Harness, "no request can be made of the identity provider's address")
	}
	if r.ContentType != "" {
		req.Header.Set("Content-Type", r.ContentType)
	}
	play := w.a.stage.IdP.Play(w.reply, nil)
	began := time.Now()
	resp, err := play.RoundTrip(req)
	took := time.Since(began)
	if err != nil {
		return w.fail(Harness, err.Error())
	}
	_ = resp.Body.Close() // in memory
	all := play.Exchanges()
	if len(all) == 0 {
		return w.fail(NoRequest, "the login went to a page of the identity provider's that signs nobody in")
	}
	switch e := all[len(all)-1]; {
	case e.Fault != "":
		return w.fail(Harness, e.Fault)
	case e.Sent == nil:
		return w.fail(IdPRefused, e.Refusal)
	default:
		w.out.MintMs = milliseconds(took)
		w.i.measure(ctx, w.state, w.i.metrics.mint, w.a, took)
		form := make(url.Values, len(e.Form))
		for k, v := range e.Form {
			form.Set(k, v)
		}
		to, err := url.Parse(e.Sent.URL)
		if err != nil {
			return w.fail(Harness, "the assertion consumer URL is no address")
		}
		return posting(form, to, r.url)
	}
}

// atSP makes one request of the service provider, by k6's own HTTP, and says
// where a browser would go from its answer; nil is rest, or the end.
func (w *walk) atSP(ctx context.Context, r *request) *request {
	if !w.a.may(r.url.Host) {
		return w.fail(Astray, r.url.Host+" is no host of the target file's")
	}
	resp, err := w.send(ctx, r)
	if err != nil {
		return w.fail(NoAnswer, err.Error())
	}
	header := http.Header{}
	for k, v := range resp.Headers {
		header.Set(k, v)
	}
	w.out.Status, w.out.URL = resp.Status, r.url.Scheme+"://"+r.url.Host+r.url.Path
	if r.response() {
		w.out.Acs, w.out.AcsMs = resp.Status, resp.Timings.Duration
		w.i.measure(ctx, w.state, w.i.metrics.acs, w.a, time.Duration(resp.Timings.Duration*float64(time.Millisecond)))
	}
	if wait := header.Get("Retry-After"); wait != "" && (resp.Status == http.StatusTooManyRequests || resp.Status == http.StatusServiceUnavailable) {
		w.asks = wait
	}
	switch {
	case resp.Error != "":
		return w.fail(NoAnswer, resp.Error)
	case resp.Status == http.StatusTooManyRequests:
		return w.fail(TooMany, "429 at "+w.out.URL)
	case resp.Status >= http.StatusInternalServerError:
		return w.fail(ServerError, fmt.Sprintf("%d at %s", resp.Status, w.out.URL))
	}
	body, _ := resp.Body.([]byte)
	w.fill.URL, w.fill.Method, w.fill.Status, w.fill.Header, w.fill.Body = r.url, r.method, resp.Status, header, body
	return w.goOn(r)
}

// goOn follows what a browser would follow by itself.
func (w *walk) goOn(r *request) *request {
	m, err := browser.Next(w.fill)
	switch {
	case err != nil:
		return w.fail(Astray, err.Error())
	case m == nil:
		return w.rest()
	}
	if m.Filled {
		w.fill.Fill = nil
	}
	return &request{Sent: m.After(r.Sent, r.url), method: m.Method, url: m.URL, name: r.name}
}

func (w *walk) rest() *request {
	switch {
	case w.out.Acs == 0:
		return w.fail(NoRequest, fmt.Sprintf("no response was asked for: the login came to rest at %d %s", w.out.Status, w.out.URL))
	case w.out.Status >= http.StatusBadRequest:
		return w.fail(Refused, fmt.Sprintf("%d at %s", w.out.Status, w.out.URL))
	}
	w.out.Kind = Accepted
	return nil
}

// send makes the request as k6's http module would, redirects aside: its metrics,
// its limits, its blocked hosts.
func (w *walk) send(ctx context.Context, r *request) (*httpext.Response, error) {
	at, err := httpext.NewURL(r.url.String(), "")
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, r.method, r.url.String(), nil)
	if err != nil {
		return nil, err
	}
	w.headers(req, r)
	httpext.SetRequestCookies(req, w.jar, nil)
	tags := w.state.Tags.GetCurrentValues()
	tags.SetSystemTagOrMetaIfEnabled(w.state.Options.SystemTags, metrics.TagName, r.called())
	tags.SetTag("face", w.a.face)
	p := &httpext.ParsedHTTPRequest{
		URL: &at, Req: req, Timeout: patience, ResponseType: httpext.ResponseTypeBinary, Redirects: null.IntFrom(0), ActiveJar: w.jar, TagsAndMeta: tags,
		ResponseCallback: func(status int) bool { return status >= 200 && status < 400 },
	}
	if r.Body != nil {
		p.Body = bytes.NewBuffer(r.Body)
	}
	return httpext.MakeRequest(ctx, w.state, p)
}

// called is k6's name for a request: addresses would make a metric of each.
func (r *request) called() string {
	switch {
	case r.name != "":
		return r.name
	case r.response():
		return "saml acs"
	}
	return "saml login"
}

func (w *walk) headers(req *http.Request, r *request) {
	h := req.Header
	h.Set("User-Agent", plain.UserAgent)
	h.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
	if r.accept != "" {
		h.Set("Accept", r.accept)
	}
	if r.ContentType != "" {
		h.Set("Content-Type", r.ContentType)
	}
	if r.From != nil && r.method != http.MethodGet {
		h.Set("Origin", r.From.Scheme+"://"+r.From.Host)
	}
	if !slices.Contains(w.a.o.t.Origins(), r.url.Scheme+"://"+r.url.Host) {
		return
	}
	for name, value := range w.a.o.t.SP.Headers {
		if !strings.EqualFold(name, "Host") {
			h.Set(name, value)
		}
	}
}
