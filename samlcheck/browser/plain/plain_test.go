package plain_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/browser/plain"
	"example.com/samepage/samlcheck/transcript"
)

// log keeps the requests that a server got.
type log struct {
	mu   sync.Mutex
	seen []seen
}

type seen struct {
	line, body string
	header     http.Header
}

func (l *log) wrap(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		l.mu.Lock()
		l.seen = append(l.seen, seen{r.Method + " " + r.URL.RequestURI(), string(body), r.Header.Clone()})
		l.mu.Unlock()
		h.ServeHTTP(w, r)
	})
}

func (l *log) last(t *testing.T) seen {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	require.NotEmpty(t, l.seen)
	return l.seen[len(l.seen)-1]
}

func serve(t *testing.T, routes map[string]http.HandlerFunc) (*httptest.Server, *log) {
	t.Helper()
	mux := http.NewServeMux()
	for pattern, h := range routes {
		mux.HandleFunc(pattern, h)
	}
	l := &log{}
	srv := httptest.NewServer(l.wrap(mux))
	t.Cleanup(srv.Close)
	return srv, l
}

func page(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, body)
	}
}

func to(status int, location string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", location)
		w.WriteHeader(status)
	}
}

func visit(t *testing.T, b *plain.Browser, r browser.Request) []transcript.Hop {
	t.Helper()
	hops, err := b.Visit(t.Context(), r)
	require.NoError(t, err)
	require.NotEmpty(t, hops)
	return hops
}

// path writes the hops as one line each, without the server's address.
func path(srv *httptest.Server, hops []transcript.Hop) []string {
	var out []string
	for _, h := range hops {
		out = append(out, fmt.Sprintf("%s %s %s %d", h.Because, h.Method, strings.TrimPrefix(h.URL, srv.URL), h.Status))
	}
	return out
}

func fresh(t *testing.T, o plain.Options) *plain.Browser {
	t.Helper()
	b := plain.New(o)
	t.Cleanup(func() { assert.NoError(t, b.Close()) })
	return b
}

func TestVisitFollows(t *testing.T) {
	t.Parallel()
	srv, l := serve(t, map[string]http.HandlerFunc{
		"/start": to(302, "/two#frag"),
		"/two":   to(307, "/three"),
		"/three": page(`<meta http-equiv=refresh content="1;url=/form">`),
		"/form":  page(`<form action="/end?x=y" method=post><input type=hidden name=b value=2><input type=hidden name=a value="1 &amp;"></form><script>document.forms[0].submit()</script>`),
		"/end":   page(`<title>End</title><p>Here.`),
		"/303":   to(303, "/end"),
		"/307":   to(307, "/end"),
		"/302":   to(302, "/end"),
		"/json": func(w http.ResponseWriter, r *http.Request) {
			answerJSON(w, `{"url":"http://`+r.Host+`/end?via=json"}`)
		},
		"/nothing": to(304, "/end"),
	})
	b := fresh(t, plain.Options{})
	hops := visit(t, b, browser.Request{URL: srv.URL + "/start?q=1"})
	assert.Equal(t, []string{
		"start GET /start?q=1 302", "redirect GET /two#frag 307", "redirect GET /three#frag 200",
		"refresh GET /form 200", "form POST /end?x=y 200",
	}, path(srv, hops))
	assert.Equal(t, []string{"b", "a"}, hops[4].Posted)
	assert.Equal(t, "b=2&a=1+%26", l.last(t).body)
	assert.Equal(t, []string{"End", "Here."}, []string{hops[4].Title, hops[4].Blocks[0]})

	form := url.Values{"SAMLResponse": {"x"}}
	for start, want := range map[string]string{
		"/303": "redirect GET /end 200", "/302": "redirect GET /end 200", "/307": "redirect POST /end 200",
	} {
		hops = visit(t, b, browser.Request{URL: srv.URL + start, Form: form})
		assert.Equal(t, "start POST "+start, path(srv, hops)[0][:len("start POST ")+len(start)])
		assert.Equal(t, want, path(srv, hops)[1])
		body := ""
		if start == "/307" {
			body = "SAMLResponse=x"
		}
		assert.Equal(t, body, l.last(t).body, start)
	}

	assert.Equal(t, []string{"start POST /json 200", "json GET /end?via=json 200"},
		path(srv, visit(t, b, browser.Request{URL: srv.URL + "/json", JSON: []byte(`{"a":1}`), Follow: srv.URL + "/end"})))
	assert.Equal(t, []string{"start GET /json 200"}, path(srv, visit(t, b, browser.Request{URL: srv.URL + "/json"})))
	assert.Equal(t, []string{"start GET /nothing 304"}, path(srv, visit(t, b, browser.Request{URL: srv.URL + "/nothing"})))
}

func answerJSON(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, body)
}

// TestVisitKeepsTheRealAddress: the record has digests, the server gets the token.
func TestVisitKeepsTheRealAddress(t *testing.T) {
	t.Parallel()
	const token = "0123456789abcdef0123456789abcdef"
	srv, l := serve(t, map[string]http.HandlerFunc{"/": to(302, "/in?token="+token), "/in": page("in")})
	hops := visit(t, fresh(t, plain.Options{}), browser.Request{URL: srv.URL + "/"})
	assert.Equal(t, "GET /in?token="+token, l.last(t).line)
	assert.Equal(t, "/in?token=~"+browser.Digest(token), hops[0].Location)
	assert.Equal(t, srv.URL+"/in?token=~"+browser.Digest(token), hops[1].URL)
	assert.Equal(t, []transcript.Token{{Place: "query:token", Digest: browser.Digest(token)}}, hops[1].Tokens)
}

// TestLogin plays a whole SP-initiated login against an IdP on another port of
// the same host, and looks at what SameSite let go.
func TestLogin(t *testing.T) {
	t.Parallel()
	var acs string
	idp, idpLog := serve(t, map[string]http.HandlerFunc{
		"/sso": func(w http.ResponseWriter, _ *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "idpsid", Value: "i", Path: "/"})
			page(`<form id="appForm" action="`+acs+`" method="POST"><input name="SAMLResponse" type="hidden" value="PD94"/>`+
				`<input name="RelayState" type="hidden" value=""/></form><script>document.getElementById('appForm').submit()</script>`)(w, nil)
		},
	})
	sp, spLog := serve(t, map[string]http.HandlerFunc{
		"/login": func(w http.ResponseWriter, _ *http.Request) {
			for _, c := range []string{"lax=1; SameSite=Lax", "strict=1; SameSite=Strict", "none=1; SameSite=None; Secure", "open=1; SameSite=None", "unsaid=1"} {
				w.Header().Add("Set-Cookie", c+"; Path=/")
			}
			to(302, idp.URL+"/sso?SAMLRequest=abc&RelayState=state")(w, nil)
		},
		"/acs": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Add("Set-Cookie", "sid=s; Path=/; SameSite=Strict")
			to(302, "/home")(w, nil)
		},
		"/home": page("home"),
	})
	acs = sp.URL + "/acs"
	now := time.Date(2026, 11, 24, 16, 0, 0, 0, time.UTC)
	b := fresh(t, plain.Options{IdPHosts: []string{strings.TrimPrefix(idp.URL, "http://")}, Now: func() time.Time { return now }})
	hops := visit(t, b, browser.Request{URL: sp.URL + "/login"})
	require.Len(t, hops, 4)
	assert.Equal(t, []bool{false, true, false, false}, []bool{hops[0].AtIdP, hops[1].AtIdP, hops[2].AtIdP, hops[3].AtIdP})
	assert.Empty(t, idpLog.last(t).header.Get("Cookie"), "the service provider's cookies are not the IdP's")

	spLog.mu.Lock()
	posted, home := spLog.seen[1], spLog.seen[2]
	spLog.mu.Unlock()
	assert.Equal(t, "none=1; unsaid=1", posted.header.Get("Cookie"))
	assert.Equal(t, []string{"lax", "open", "strict"}, hops[2].Withheld)
	assert.Equal(t, []string{"SAMLResponse", "RelayState"}, hops[2].Posted)
	assert.Equal(t, idp.URL, posted.header.Get("Origin"))
	assert.Equal(t, idp.URL+"/", posted.header.Get("Referer"))
	assert.Equal(t, "cross-site", posted.header.Get("Sec-Fetch-Site"))
	assert.Equal(t, "samlcheck (+plain)", posted.header.Get("User-Agent"))
	assert.Equal(t, "application/x-www-form-urlencoded", posted.header.Get("Content-Type"))
	assert.Equal(t, "lax=1; none=1; unsaid=1", home.header.Get("Cookie"), "Strict stays away from the GET that the POST led to")
	assert.Equal(t, []string{"open", "sid", "strict"}, hops[3].Withheld)
	assert.Empty(t, home.header.Get("Origin"))

	hops = visit(t, b, browser.Request{URL: sp.URL + "/home"})
	assert.Equal(t, "lax=1; strict=1; none=1; unsaid=1; sid=s", spLog.last(t).header.Get("Cookie"), "typed: everything goes")
	assert.Equal(t, "none", spLog.last(t).header.Get("Sec-Fetch-Site"))
	assert.Equal(t, []string{"open"}, hops[0].Withheld)

	now = now.Add(3 * time.Minute)
	hops = visit(t, b, browser.Request{URL: acs, Form: url.Values{"SAMLResponse": {"x"}}, Origin: idp.URL + "/sso"})
	assert.Equal(t, []string{"lax", "open", "sid", "strict", "unsaid"}, hops[0].Withheld, "the two minutes are over")
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	other, otherLog := serve(t, map[string]http.HandlerFunc{"/": page("x")})
	srv, l := serve(t, map[string]http.HandlerFunc{
		"/":     page("x"),
		"/away": to(302, other.URL+"/"),
		"/307":  to(307, other.URL+"/"),
	})
	b := fresh(t, plain.Options{})
	extra := http.Header{"authorization": {"Basic eA=="}, "User-Agent": {"Mine"}}
	visit(t, b, browser.Request{URL: srv.URL + "/away", Header: extra})
	assert.Equal(t, "Basic eA==", l.last(t).header.Get("Authorization"))
	assert.Equal(t, "Mine", l.last(t).header.Get("User-Agent"))
	assert.Empty(t, otherLog.last(t).header.Get("Authorization"), "extra headers are for the first host only")

	visit(t, b, browser.Request{URL: srv.URL + "/", Form: url.Values{"a": {"b"}}})
	assert.Equal(t, srv.URL, l.last(t).header.Get("Origin"), "the site's own page posts")
	assert.Equal(t, "same-origin", l.last(t).header.Get("Sec-Fetch-Site"))

	visit(t, b, browser.Request{URL: srv.URL + "/", JSON: []byte(`{}`)})
	assert.Equal(t, "application/json", l.last(t).header.Get("Content-Type"))
	assert.Equal(t, "cors", l.last(t).header.Get("Sec-Fetch-Mode"))

	visit(t, b, browser.Request{URL: srv.URL + "/307", Form: url.Values{"a": {"b"}}, Origin: "https://idp.example/sso"})
	assert.Equal(t, "null", otherLog.last(t).header.Get("Origin"), "a redirected POST no longer says whose it is")
	assert.Empty(t, otherLog.last(t).header.Get("Referer"), "https tells http nothing")
}

func TestRefusesWhatIsNoAddress(t *testing.T) {
	t.Parallel()
	b := fresh(t, plain.Options{})
	for _, r := range []browser.Request{{URL: ""}, {URL: "sp.example/x"}, {URL: "ftp://sp.example/"}, {URL: "http://%zz/"}, {URL: "https://sp.example", Origin: "idp"}} {
		hops, err := b.Visit(t.Context(), r)
		require.ErrorContains(t, err, "browser: ", "%+v", r)
		assert.Empty(t, hops)
	}
}
