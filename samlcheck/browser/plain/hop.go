package plain

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/transcript"
)

// request is one hop to make. It holds secrets and is never recorded.
type request struct {
	browser.Sent
	method, because string
	url             *url.URL
	header          http.Header // the caller's, for the first origin only
	first           string      // that origin
	worst           relation    // of the page and every address of the navigation so far
	opaque          bool        // redirected between sites that are not the page's: Origin is "null"
	fetch           bool        // a script's request, not a navigation
}

// relation is what Sec-Fetch-Site says (W3C Fetch Metadata), the closest first.
type relation int

const (
	typed relation = iota
	sameOrigin
	sameSite
	crossSite
)

func (r relation) String() string {
	return [...]string{"none", "same-origin", "same-site", "cross-site"}[r]
}

func (b *Browser) relation(from, to *url.URL) relation {
	switch {
	case from == nil:
		return typed
	case !b.sites.sameSite(from, to):
		return crossSite
	case origin(from) != origin(to):
		return sameSite
	}
	return sameOrigin
}

// hop makes one request. A nil answer means that there is nothing to follow:
// the hop's Error says why. The error is the context's.
func (b *Browser) hop(ctx context.Context, q *request) (transcript.Hop, *browser.Answer, error) {
	hop := transcript.Hop{Method: q.method, URL: q.url.String(), Because: q.because, AtIdP: b.sites.atIdP(q.url), Posted: q.Posted}
	in, cancel := context.WithTimeout(ctx, b.opt.HopTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(in, q.method, q.url.String(), bytes.NewReader(q.Body))
	if err != nil {
		hop.Error = browser.Astray + "no request can be made of this address"
		browser.Observe(&hop, nil, nil)
		return hop, nil, nil //nolint:nilerr // said in the hop
	}
	now := b.opt.Now()
	sent, withheld := b.jar.get(q.url, how{from: q.From, safe: q.method == http.MethodGet || q.method == http.MethodHead, now: now})
	hop.Withheld = withheld
	b.headers(req, q, sent)

	resp, err := b.opt.Transport.RoundTrip(req)
	if err != nil {
		hop.Error = failure(err, b.opt.HopTimeout, -1)
		browser.Observe(&hop, nil, nil)
		return hop, nil, ctx.Err()
	}
	defer resp.Body.Close()
	for _, line := range resp.Header.Values("Set-Cookie") {
		if c, ok := browser.ParseSetCookie(line); ok {
			b.jar.set(q.url, c, now)
		}
	}
	body, err := b.read(&hop, resp.Body, resp.ContentLength)
	hop.Status = resp.StatusCode
	broken := err != nil && !redirects(resp) // nobody reads a redirect's body
	if broken {
		hop.Error = failure(err, b.opt.HopTimeout, int64(len(body)))
	}
	page := browser.ObservePage(&hop, resp.Header, body)
	if broken {
		return hop, nil, ctx.Err()
	}
	return hop, &browser.Answer{URL: q.url, Method: q.method, Status: resp.StatusCode, Header: resp.Header, Body: body, Page: page}, nil
}

func redirects(r *http.Response) bool {
	return r.StatusCode >= 300 && r.StatusCode < 400 && r.Header.Get("Location") != ""
}

// likely is how much room is made for a body at once, in bytes, however much it
// says that it has.
const likely = 64 << 10

// read takes at most MaxBody bytes; the rest is never asked for. The length is
// what the answer promises, -1 when it does not.
func (b *Browser) read(hop *transcript.Hop, from io.Reader, length int64) ([]byte, error) {
	var room bytes.Buffer
	if length > 0 {
		room.Grow(int(min(length, likely)) + bytes.MinRead)
	}
	_, err := room.ReadFrom(io.LimitReader(from, b.opt.MaxBody))
	body := room.Bytes()
	if err != nil {
		return body, err
	}
	if int64(len(body)) == b.opt.MaxBody {
		n, err := io.ReadFull(from, make([]byte, 1))
		hop.Truncated = n > 0 || !errors.Is(err, io.EOF)
	}
	return body, nil
}

// headers says who asks and from where, as browsers do by default
// (strict-origin-when-cross-origin).
func (b *Browser) headers(req *http.Request, q *request, cookies []*cookie) {
	h := req.Header
	h.Set("User-Agent", UserAgent)
	h.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
	h.Set("Accept-Language", "en")
	mode, dest := "navigate", "document"
	if q.fetch {
		mode, dest = "cors", "empty"
		h.Set("Accept", "application/json, */*")
	}
	if q.ContentType != "" {
		h.Set("Content-Type", q.ContentType)
	}
	if q.From != nil {
		if q.method != http.MethodGet && q.method != http.MethodHead {
			h.Set("Origin", origin(q.From))
			if q.opaque {
				h.Set("Origin", "null")
			}
		}
		if r := referer(q.From, q.url); r != "" {
			h.Set("Referer", r)
		}
	}
	if b.sites.trusted(q.url) {
		h.Set("Sec-Fetch-Site", q.worst.String())
		h.Set("Sec-Fetch-Mode", mode)
		h.Set("Sec-Fetch-Dest", dest)
	}
	if origin(q.url) == q.first {
		for name, values := range q.header {
			h[http.CanonicalHeaderKey(name)] = values
		}
	}
	pairs := make([]string, 0, len(cookies)+1)
	for _, c := range cookies {
		if c.name == "" {
			pairs = append(pairs, c.value)
			continue
		}
		pairs = append(pairs, c.name+"="+c.value)
	}
	if len(pairs) > 0 {
		if own := h.Get("Cookie"); own != "" {
			pairs = append(pairs, own)
		}
		h.Set("Cookie", strings.Join(pairs, "; "))
	}
}

// referer is the page's address for its own origin, its origin for others, and
// nothing on the way from https to http.
func referer(from, to *url.URL) string {
	if from.Scheme == "https" && to.Scheme == "http" {
		return ""
	}
	if origin(from) != origin(to) {
		return origin(from) + "/"
	}
	u := *from
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	return u.String()
}
