// Package plain is a Browser made of net/http: no scripts, no rendering, and a
// jar that keeps cookies back where a real browser does.
//
// It is fast and exact, and enough for every service provider whose pages are
// made on the server. It refuses to guess: a page that goes on only by script
// rests here, and says nothing; that needs a real browser. It refuses to be
// mistaken for one, too: its User-Agent is its own name. And it never posts
// anything twice unless a 307 or 308 tells it to.
package plain

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/transcript"
)

// Defaults of Options.
const (
	MaxHops    = 14
	MaxBody    = 1 << 20 // bytes
	HopTimeout = 20 * time.Second
)

// UserAgent is how the browser introduces itself.
const UserAgent = "samlcheck (+plain)"

// Options are what a browser is made of; the zero value is good.
type Options struct {
	Transport  http.RoundTripper // nil: NewTransport(nil), closed with the browser
	Now        func() time.Time  // nil: time.Now; the age of cookies
	MaxHops    int               // 0: MaxHops
	MaxBody    int64             // bytes read of one answer; 0: MaxBody
	HopTimeout time.Duration     // for one request and its answer; 0: HopTimeout
	IdPHosts   []string          // host[:port] of the identity provider: another site, with cookies of its own
	Loopback   []string          // names that Transport brings to this machine: Secure cookies work there over http
}

// Browser is one fresh profile. It is not for concurrent use.
type Browser struct {
	opt   Options
	sites sites
	jar   *jar
	own   *http.Transport // nil when the caller brought one
}

var _ browser.Browser = (*Browser)(nil)

// New returns a browser that knows nothing.
func New(o Options) *Browser {
	b := &Browser{}
	if o.Transport == nil {
		b.own = NewTransport(nil)
		o.Transport = b.own
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.MaxHops <= 0 {
		o.MaxHops = MaxHops
	}
	if o.MaxBody <= 0 {
		o.MaxBody = MaxBody
	}
	if o.HopTimeout <= 0 {
		o.HopTimeout = HopTimeout
	}
	b.opt, b.sites = o, newSites(o.IdPHosts, o.Loopback)
	b.jar = &jar{sites: b.sites}
	return b
}

// NewTransport is net/http's transport without the environment's proxies, which
// would send forged messages past a machine that the user did not name. A nil
// config is the system's certificates.
func NewTransport(config *tls.Config) *http.Transport {
	return &http.Transport{
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSClientConfig:        config,
		TLSHandshakeTimeout:    10 * time.Second,
		ForceAttemptHTTP2:      true,
		MaxIdleConnsPerHost:    4,
		IdleConnTimeout:        30 * time.Second,
		MaxResponseHeaderBytes: 1 << 20,
		WriteBufferSize:        32 << 10, // a response is posted in one write
		ReadBufferSize:         8 << 10,
	}
}

// Close gives up the connections of the browser's own transport. A transport
// that the caller brought stays as it is.
func (b *Browser) Close() error {
	if b.own != nil {
		b.own.CloseIdleConnections()
	}
	return nil
}

// Visit implements browser.Browser. An error is a request that cannot be made
// or a done context; the hops until then are returned with it.
func (b *Browser) Visit(ctx context.Context, r browser.Request) ([]transcript.Hop, error) {
	first, err := b.begin(r)
	if err != nil {
		return nil, err
	}
	var hops []transcript.Hop
	fill := r.Fill
	for next := first; next != nil; {
		if err := ctx.Err(); err != nil {
			return hops, fmt.Errorf("browser: visit given up: %w", err)
		}
		hop, answer, err := b.hop(ctx, next)
		hops = append(hops, hop)
		if err != nil {
			return hops, fmt.Errorf("browser: visit given up: %w", err)
		}
		if answer == nil {
			return hops, nil
		}
		last := &hops[len(hops)-1]
		answer.Follow = r.Follow
		if !last.AtIdP {
			answer.Fill = fill
		}
		move, err := browser.Next(*answer)
		if move != nil && move.Filled {
			fill = nil
		}
		switch {
		case err != nil:
			last.Error = err.Error()
			return hops, nil //nolint:nilerr // the service provider's error, said in the hop
		case move == nil:
			browser.Unfilled(hops, fill)
			return hops, nil
		case len(hops) == b.opt.MaxHops:
			last.Error = browser.StillMovingAfter(urls(hops))
			return hops, nil
		}
		next = b.follow(next, move)
	}
	return hops, nil
}

func urls(hops []transcript.Hop) []string {
	out := make([]string, len(hops))
	for i, h := range hops {
		out[i] = h.URL
	}
	return out
}

// begin makes the first request of a visit.
func (b *Browser) begin(r browser.Request) (*request, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return nil, fmt.Errorf("browser: %s is no address", browser.CutURL(r.URL))
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("browser: %q is no address, it must begin with https:// or http:// and a host", browser.CutURL(r.URL))
	}
	q := &request{method: strings.ToUpper(r.Method), url: u, because: "start", header: r.Header, first: origin(u)}
	switch {
	case r.JSON != nil:
		q.Body, q.ContentType, q.fetch = r.JSON, "application/json", true
	case r.Form != nil:
		q.Body, q.ContentType = []byte(r.Form.Encode()), "application/x-www-form-urlencoded"
		for name := range r.Form {
			q.Posted = append(q.Posted, name)
		}
		slices.Sort(q.Posted)
	}
	if q.method == "" {
		q.method = http.MethodGet
		if r.Form != nil || r.JSON != nil {
			q.method = http.MethodPost
		}
	}
	if r.Origin != "" {
		if q.From, err = url.Parse(r.Origin); err != nil || q.From.Host == "" {
			return nil, fmt.Errorf("browser: origin %q is no address", r.Origin)
		}
	} else if q.method != http.MethodGet {
		q.From = u // nobody types a POST: the site's own page sends it
	}
	q.worst = b.relation(q.From, u)
	return q, nil
}

// follow makes the next request. A redirect goes on with the same navigation;
// a form, a refresh and a script begin a new one, from their page.
func (b *Browser) follow(last *request, m *browser.Move) *request {
	next := &request{Sent: m.After(last.Sent, last.url), method: m.Method, url: m.URL, because: m.Because, header: last.header, first: last.first}
	next.worst = b.relation(next.From, next.url)
	if m.Because != "redirect" {
		return next
	}
	next.fetch, next.worst = last.fetch, max(last.worst, next.worst)
	next.opaque = last.opaque ||
		next.From != nil && origin(last.url) != origin(next.url) && origin(next.From) != origin(last.url)
	return next
}
