package chromium

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"example.com/samepage/samlcheck/browser"
)

// paused decides what becomes of a request that Chromium wants to make, or of
// an answer that it wants to read.
func (v *visit) paused(ctx context.Context, e *fetch.EventRequestPaused) {
	u, err := url.Parse(e.Request.URL)
	if err != nil {
		go refuse(ctx, e, network.ErrorReasonBlockedByClient)
		return
	}
	if e.ResponseStatusCode != 0 || e.ResponseErrorReason != "" {
		v.answerPaused(ctx, e, u)
		return
	}
	main := e.ResourceType == network.ResourceTypeDocument && e.FrameID == v.tab.frame
	if main && !v.launched {
		v.launched = true
		go v.launch(ctx, e)
		return
	}
	var h *hop
	if main || v.fetching(e) {
		if h = v.hop(e, u); h == nil {
			go refuse(ctx, e, network.ErrorReasonAborted)
			return
		}
	}
	v.send(ctx, e, u, h)
}

// fetching says that the request is the one with which our own page begins.
func (v *visit) fetching(e *fetch.EventRequestPaused) bool {
	return v.start.fetch && (e.ResourceType == network.ResourceTypeFetch || e.ResourceType == network.ResourceTypeXHR) &&
		(len(v.hops) == 0 || v.last().id == e.NetworkID && e.RedirectedRequestID != "")
}

// launch serves our own page. Nothing of it goes out.
func (v *visit) launch(ctx context.Context, e *fetch.EventRequestPaused) {
	_ = do(ctx, fetch.FulfillRequest, fetch.FulfillRequestParams{
		RequestID: e.RequestID, ResponseCode: http.StatusOK, Body: []byte("<!doctype html>" + v.start.html),
		ResponseHeaders: []*fetch.HeaderEntry{{Name: "Content-Type", Value: "text/html; charset=utf-8"}},
	}) // a page that could not be served is noticed by its silence
}

// send lets a request out, hands it to the IdP, or keeps it back.
func (v *visit) send(ctx context.Context, e *fetch.EventRequestPaused, u *url.URL, h *hop) {
	switch {
	case v.b.inside.holds(u) && e.ResourceType != network.ResourceTypeOther:
		go v.askIdP(ctx, e, u, h)
	case e.ResourceType == network.ResourceTypeOther && u.Path == "/favicon.ico":
		go refuse(ctx, e, network.ErrorReasonAborted) // tells nothing, and there is one for every page
	case u.Scheme != "http" && u.Scheme != "https":
		go proceed(ctx, e, nil)
	case !v.b.c.hosts.names(u):
		v.keepIn(u, h)
		go refuse(ctx, e, network.ErrorReasonBlockedByClient)
	default:
		var extra http.Header
		if h != nil {
			x := v.of(h.id)
			h.nth = x.out
			x.out++
			if origin(u) == v.first {
				extra = v.r.Header
			}
		}
		go proceed(ctx, e, extra)
	}
}

// keepIn notes a host that nobody named.
func (v *visit) keepIn(u *url.URL, h *hop) {
	if h != nil {
		h.Error = browser.NotNamed + u.Host + " is not among the hosts that the target file names"
		v.done = true
		return
	}
	if l := v.last(); l != nil && !slices.Contains(l.Blocked, u.Host) && len(l.Blocked) < 40 {
		l.Blocked = append(l.Blocked, u.Host)
	}
}

func proceed(ctx context.Context, e *fetch.EventRequestPaused, extra http.Header) {
	p := fetch.ContinueRequestParams{RequestID: e.RequestID}
	if len(extra) > 0 {
		sent := headers(e.Request.Headers)
		for name, values := range extra {
			sent[http.CanonicalHeaderKey(name)] = values
		}
		for name, values := range sent {
			for _, value := range values {
				p.Headers = append(p.Headers, &fetch.HeaderEntry{Name: name, Value: value})
			}
		}
	}
	_ = do(ctx, fetch.ContinueRequest, p) // a request that is gone needs nothing
}

func (v *visit) of(id network.RequestID) *extras {
	if v.extras[id] == nil {
		v.extras[id] = &extras{}
	}
	return v.extras[id]
}

// hop begins the hop of a request; nil says that there have been too many.
func (v *visit) hop(e *fetch.EventRequestPaused, u *url.URL) *hop {
	if len(v.hops) == v.b.c.opt.MaxHops {
		v.last().Error = browser.StillMovingAfter(v.urls())
		v.done = true
		return nil
	}
	because := v.because(e)
	h := v.append(at(e.Request.URL+e.Request.URLFragment), e.Request.Method, because)
	h.id, h.at, h.nth, h.AtIdP = e.NetworkID, u, -1, v.b.idp.holds(u)
	h.Posted = posted(e.Request)
	if v.reason == page.ClientNavigationReasonFormSubmissionGet && because == "form" {
		h.Posted = names(u.RawQuery)
	}
	v.reason = ""
	return h
}

type at string

func (a at) String() string { return string(a) }

func (v *visit) urls() []string {
	out := make([]string, len(v.hops))
	for i, h := range v.hops {
		out[i] = browser.CutURL(h.URL)
	}
	return out
}

func (v *visit) because(e *fetch.EventRequestPaused) string {
	switch {
	case e.RedirectedRequestID != "":
		return "redirect"
	case len(v.hops) == 0:
		return "start"
	case v.last().follows:
		return "json"
	}
	switch v.reason {
	case page.ClientNavigationReasonFormSubmissionGet, page.ClientNavigationReasonFormSubmissionPost:
		return "form"
	case page.ClientNavigationReasonMetaTagRefresh, page.ClientNavigationReasonHTTPHeaderRefresh:
		return "refresh"
	default:
		return "script"
	}
}

// posted are the names of the fields in a request's body, in order.
func posted(r *network.Request) []string {
	kind, params, err := mime.ParseMediaType(headers(r.Headers).Get("Content-Type"))
	if err != nil {
		return nil
	}
	body := bodyOf(r)
	switch kind {
	case "application/x-www-form-urlencoded":
		return names(string(body))
	case "multipart/form-data":
		var out []string
		for m := multipart.NewReader(bytes.NewReader(body), params["boundary"]); ; {
			part, err := m.NextPart()
			if err != nil {
				return out
			}
			out = append(out, part.FormName())
		}
	}
	return nil
}

func names(encoded string) []string {
	var out []string
	for pair := range strings.SplitSeq(encoded, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(name); err == nil && plain != "" && !slices.Contains(out, plain) {
			out = append(out, plain)
		}
	}
	return out
}

func bodyOf(r *network.Request) []byte {
	var b bytes.Buffer
	for _, e := range r.PostDataEntries {
		b.Write(e.Bytes)
	}
	return b.Bytes()
}

// askIdP answers a request from inside this process.
func (v *visit) askIdP(ctx context.Context, e *fetch.EventRequestPaused, u *url.URL, h *hop) {
	a, err := v.b.roundTrip(ctx, e, u)
	if err != nil {
		a.err = "request failed: " + err.Error()
		refuse(ctx, e, network.ErrorReasonFailed)
	} else {
		p := fetch.FulfillRequestParams{RequestID: e.RequestID, ResponseCode: int64(a.status), Body: a.body}
		for name, values := range a.header {
			for _, value := range values {
				p.ResponseHeaders = append(p.ResponseHeaders, &fetch.HeaderEntry{Name: name, Value: value})
			}
		}
		_ = do(ctx, fetch.FulfillRequest, p) // a request that is gone needs nothing
	}
	if h != nil {
		v.tab.push(answered{h, a, err != nil})
	}
}

func (b *Browser) roundTrip(ctx context.Context, e *fetch.EventRequestPaused, u *url.URL) (answer, error) {
	if b.p.Transport == nil {
		return answer{}, fmt.Errorf("nobody answers for %s", u.Host)
	}
	req, err := http.NewRequestWithContext(ctx, e.Request.Method, u.String(), bytes.NewReader(bodyOf(e.Request)))
	if err != nil {
		return answer{}, err
	}
	req.Header = headers(e.Request.Headers)
	resp, err := b.p.Transport.RoundTrip(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, b.c.opt.MaxBody))
	return answer{status: resp.StatusCode, header: resp.Header, body: body}, err
}

// answerPaused reads the answer of a hop before the page gets it.
func (v *visit) answerPaused(ctx context.Context, e *fetch.EventRequestPaused, u *url.URL) {
	h := v.last()
	if h == nil || h.id != e.NetworkID || e.ResponseErrorReason != "" {
		go carryOn(ctx, e)
		return
	}
	a := answer{status: int(e.ResponseStatusCode), header: entries(e.ResponseHeaders)}
	move, err := browser.Next(browser.Answer{URL: u, Method: e.Request.Method, Status: a.status, Header: a.header})
	switch {
	case err != nil:
		a.err = err.Error()
		v.answered(ctx, answered{h, a, true})
		go refuse(ctx, e, network.ErrorReasonAborted)
	case move != nil && move.Because == "redirect":
		h.bodyless = true
		v.answered(ctx, answered{h, a, false})
		go carryOn(ctx, e)
	default:
		h.status, h.header = a.status, a.header // should the body never end
		h.answered = true
		go func() {
			a.body = v.b.body(ctx, e)
			v.tab.push(answered{h, a, false})
			carryOn(ctx, e)
		}()
	}
}

func (b *Browser) body(ctx context.Context, e *fetch.EventRequestPaused) []byte {
	got, err := chromedp.Call(ctx, fetch.GetResponseBody, fetch.GetResponseBodyParams{RequestID: e.RequestID})
	if err != nil || got.Body == nil {
		return []byte{} // Chromium says by itself what was wrong with it
	}
	return got.Body
}

func carryOn(ctx context.Context, e *fetch.EventRequestPaused) {
	_ = do(ctx, fetch.ContinueResponse, fetch.ContinueResponseParams{RequestID: e.RequestID}) // a request that is gone needs nothing
}

// answered takes an answer into its hop.
func (v *visit) answered(ctx context.Context, e answered) {
	h := e.h
	v.work++
	h.answer, h.answered, h.ended = e.a, true, time.Now()
	if most := v.b.c.opt.MaxBody; int64(len(h.body)) > most {
		h.body, h.cut = h.body[:most], true
	}
	if h != v.last() {
		return
	}
	if e.last {
		v.done = true
	} else if v.start.fetch && h.body != nil {
		v.follow(ctx, h)
	}
}

// follow goes where the JSON answer says, if it says so; else the visit rests.
func (v *visit) follow(ctx context.Context, h *hop) {
	h.follows = false
	m, err := browser.Next(browser.Answer{URL: h.at, Method: h.Method, Status: h.status, Header: h.header, Body: h.body, Follow: v.r.Follow})
	if err != nil || m == nil || m.Because != "json" {
		v.done = true
		return
	}
	h.follows = true
	v.start.fetch = false
	go func() {
		_ = v.tab.run(ctx, "void (location.href = "+quoted(m.URL.String())+")", nil) // a page that does not go on is told by the deadline
	}()
}
