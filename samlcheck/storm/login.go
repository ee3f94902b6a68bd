package storm

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/browser/plain"
	"example.com/samepage/samlcheck/idp"
)

// outcome is what became of one login.
type outcome struct {
	n        int
	kind     Kind
	like     Like
	place    Place
	detail   string // of a failure, in words without secrets; one of each kind is kept
	asked    string // the service provider wants to be left alone: the words of its answer
	intended time.Time
	began    time.Time
	ended    time.Time
}

const (
	mostHops = plain.MaxHops
	mostBody = plain.MaxBody
)

// light drives one login: its redirects and posts, and nothing else. It is made
// anew for each login, over a transport that all share.
type light struct {
	o      *Options
	places *places
	reply  idp.Reply
	jar    *cookiejar.Jar
	body   *bytes.Buffer
	out    outcome
}

// request is one hop to make.
type request struct {
	browser.Sent
	method, because, accept string
	url                     *url.URL
}

// response says whether it brings the SAML response.
func (r *request) response() bool { return slices.Contains(r.Posted, "SAMLResponse") }

// drive makes a login of a person, from the target's start to where it rests.
func (l *light) drive(ctx context.Context, who idp.Person) {
	var err error
	if l.jar, err = cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List}); err != nil {
		l.fail(Harness, err.Error())
		return
	}
	next, answer, err := l.start(who)
	if err != nil {
		l.fail(Harness, err.Error())
		return
	}
	for hop := 0; next != nil; hop++ {
		switch {
		case hop == mostHops:
			l.fail(Wandering, browser.StillMoving+" a dozen hops")
			return
		case slices.Contains(l.o.Stage.IdP.Hosts(), next.url.Host):
			next = l.atIdP(ctx, next)
		default:
			next = l.atSP(ctx, next, &answer)
		}
	}
}

func (l *light) fail(k Kind, words string) { l.out.kind, l.out.detail = k, words }

// start is where the person's login begins, as the target says. The answer
// carries what is to be followed and filled in.
func (l *light) start(who idp.Person) (*request, browser.Answer, error) {
	begin := l.o.Stage.Begin(who)
	a := browser.Answer{Follow: begin.Follow, Fill: begin.Fill}
	u, err := url.Parse(begin.URL)
	if err != nil || u.Host == "" {
		return nil, a, errors.New("where logins start is no address: " + browser.CutURL(begin.URL))
	}
	r := &request{method: begin.Method, because: "start", url: u}
	switch {
	case begin.JSON != nil:
		r.Body, r.ContentType, r.accept = begin.JSON, "application/json", "application/json, */*"
	case begin.Form != nil:
		r.Body, r.ContentType = []byte(begin.Form.Encode()), "application/x-www-form-urlencoded"
	}
	switch {
	case r.method == "" && r.Body != nil:
		r.method = http.MethodPost
	case r.method == "":
		r.method = http.MethodGet
	}
	if r.method != http.MethodGet {
		r.From = u
	}
	return r, a, nil
}

// atIdP lets the mock identity provider answer, inside this process, and takes
// the form that its page would post.
func (l *light) atIdP(ctx context.Context, r *request) *request {
	play := l.o.Stage.IdP.Play(l.reply, nil)
	req, err := http.NewRequestWithContext(ctx, r.method, r.url.String(), bytes.NewReader(r.Body))
	if err != nil {
		l.fail(Harness, "no request can be made of the identity provider's address")
		return nil
	}
	if r.ContentType != "" {
		req.Header.Set("Content-Type", r.ContentType)
	}
	resp, err := play.RoundTrip(req)
	if err != nil {
		l.fail(Harness, err.Error())
		return nil
	}
	defer resp.Body.Close()
	all := play.Exchanges()
	if len(all) == 0 {
		l.fail(NoRequest, "the login went to a page of the identity provider's that signs nobody in")
		return nil
	}
	e := all[len(all)-1]
	switch {
	case e.Fault != "":
		l.fail(Harness, e.Fault)
		return nil
	case e.Sent == nil:
		l.fail(IdPRefused, e.Refusal)
		return nil
	}
	form := make(url.Values, len(e.Form))
	for k, v := range e.Form {
		form.Set(k, v)
	}
	to, err := url.Parse(e.Sent.URL)
	if err != nil {
		l.fail(Harness, "the assertion consumer URL is no address")
		return nil
	}
	return &request{
		method: http.MethodPost, because: "form", url: to,
		Sent: browser.Sent{Body: []byte(form.Encode()), ContentType: "application/x-www-form-urlencoded", Posted: slices.Collect(maps.Keys(form)), From: r.url},
	}
}

// atSP makes one request of the service provider and says where a browser would
// go from its answer; nil is rest, or the end.
func (l *light) atSP(ctx context.Context, r *request, a *browser.Answer) *request {
	req, err := l.prepare(ctx, r)
	if err != nil {
		l.fail(Astray, "no request can be made of this address")
		return nil
	}
	resp, err := l.o.Stage.Base.RoundTrip(req)
	if err != nil {
		l.fail(kindOf(ctx, err), err.Error())
		return nil
	}
	defer resp.Body.Close()
	l.jar.SetCookies(secured(r.url), resp.Cookies())
	l.body.Reset()
	_, err = io.Copy(l.body, io.LimitReader(resp.Body, mostBody))
	if err != nil && resp.Header.Get("Location") == "" { // nobody reads a redirect's body
		l.fail(kindOf(ctx, err), "in the middle of the answer: "+err.Error())
		return nil
	}
	if r.response() {
		l.out.place.Answer = resp.StatusCode
	}
	l.heed(resp.StatusCode, resp.Header)
	if k := kindOfStatus(resp.StatusCode); k == TooMany || k == ServerError {
		l.out.place.Status, l.out.place.URL = resp.StatusCode, bare(r.url)
		l.fail(k, l.out.place.String())
		return nil
	}
	a.URL, a.Method, a.Status, a.Header, a.Body = r.url, r.method, resp.StatusCode, resp.Header, l.body.Bytes()
	return l.goOn(r, a)
}

// goOn follows what a browser would follow by itself. A page at which the
// controls came to rest is not read again for a form that posts itself.
func (l *light) goOn(r *request, a *browser.Answer) *request {
	var m *browser.Move
	var err error
	if !l.places.stays(a.Status, r.url) {
		if m, err = browser.Next(*a); err != nil {
			l.fail(Astray, err.Error())
			return nil
		}
	}
	if m == nil {
		l.rest(r, a)
		return nil
	}
	if m.Filled {
		a.Fill = nil
	}
	return &request{Sent: m.After(r.Sent, r.url), method: m.Method, because: m.Because, url: m.URL}
}

// rest notes where the login came to rest.
func (l *light) rest(r *request, a *browser.Answer) {
	l.out.place.Status, l.out.place.URL = a.Status, bare(r.url)
	if l.out.place.Answer == 0 {
		l.out.like = Elsewhere
		l.fail(NoRequest, "no response was asked for: the login came to rest at "+l.out.place.String())
		return
	}
	l.out.like, l.out.kind = l.places.judge(l.out.place, readable(a.Header, len(a.Body)))
	if l.out.kind != "" {
		l.out.detail = l.out.place.String()
	}
}

// heed notes that the service provider asks to be left alone.
func (l *light) heed(status int, h http.Header) {
	if words := asks(status, h.Get("Retry-After")); words != "" {
		l.out.asked = words
	}
}

// prepare writes the headers that browsers send and service providers look at.
func (l *light) prepare(ctx context.Context, r *request) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, r.method, r.url.String(), bytes.NewReader(r.Body))
	if err != nil {
		return nil, err
	}
	h := req.Header
	h.Set("User-Agent", plain.UserAgent)
	h.Set("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
	h.Set("Accept-Language", "en")
	if r.accept != "" {
		h.Set("Accept", r.accept)
	}
	if r.ContentType != "" {
		h.Set("Content-Type", r.ContentType)
	}
	if r.From != nil && r.method != http.MethodGet {
		h.Set("Origin", r.From.Scheme+"://"+r.From.Host)
	}
	for _, c := range l.jar.Cookies(secured(r.url)) {
		req.AddCookie(c)
	}
	return req, nil
}

// secured is the address under which cookies are kept: as browsers do, this
// machine counts as a secure place without https.
func secured(u *url.URL) *url.URL {
	host := u.Hostname()
	if u.Scheme != "http" || host != "localhost" && !strings.HasSuffix(host, ".localhost") && !strings.HasPrefix(host, "127.") && host != "::1" {
		return u
	}
	c := *u
	c.Scheme = "https"
	return &c
}
