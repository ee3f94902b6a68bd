package browsertest

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
)

func redirects(t *testing.T, b *bench) {
	s := b.site(map[string]http.HandlerFunc{
		"/start": to(302, "/two#frag"), "/two": to(307, "/end"), "/end": html(`<title>End</title><p>Here.`),
		"/303": to(303, "/end"), "/307": to(307, "/end"),
	})
	br := b.browser(Options{})
	hops := b.visit(br, browser.Request{URL: s.URL + "/start?q=1"})
	assert.Equal(t, []string{"start GET /start?q=1 302", "redirect GET /two#frag 307", "redirect GET /end#frag 200"}, s.way(hops))
	assert.Equal(t, "/two#frag", hops[0].Location)
	assert.Equal(t, "End", hops[2].Title)
	assert.Equal(t, []string{"Here."}, hops[2].Blocks)
	assert.NotEmpty(t, hops[2].Date)
	assert.Positive(t, hops[2].Size)

	hops = b.visit(br, browser.Request{URL: s.URL + "/303", Form: url.Values{"a": {"b"}}})
	assert.Equal(t, []string{"start POST /303 303", "redirect GET /end 200"}, s.way(hops))
	hops = b.visit(br, browser.Request{URL: s.URL + "/307", Form: url.Values{"a": {"b"}}})
	assert.Equal(t, []string{"start POST /307 307", "redirect POST /end 200"}, s.way(hops))
	assert.Equal(t, "a=b", s.got(t, "POST /end").body)
}

func refresh(t *testing.T, b *bench) {
	s := b.site(map[string]http.HandlerFunc{
		"/now":  html(`<meta http-equiv="refresh" content="0;url=/end">`),
		"/soon": html(`<meta http-equiv="refresh" content="1;url=/end"><p>One moment`),
		"/late": html(`<meta http-equiv="refresh" content="30;url=/end"><p>Later`),
		"/head": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Refresh", "0; url=/end")
			html(`<p>moving`)(w, r)
		},
		"/end": html(`<p>Here.`),
	})
	br := b.browser(Options{})
	for start, want := range map[string]string{"/now": "refresh GET /end 200", "/soon": "refresh GET /end 200", "/late": "start GET /late 200", "/head": "refresh GET /end 200"} {
		hops := b.visit(br, browser.Request{URL: s.URL + start})
		assert.Equal(t, want, s.way(hops)[len(hops)-1], start)
	}
}

func forms(t *testing.T, b *bench) {
	field := `<input type="hidden" name="SAMLResponse" value="PD94"><input type="hidden" name="RelayState" value="a &amp; b">`
	s := b.site(map[string]http.HandlerFunc{
		"/post":   html(sends("post", "/end", field)),
		"/get":    html(sends("get", "/end", `<input type="hidden" name="SAMLRequest" value="x">`)),
		"/onload": html(`<body onload="document.forms[0].submit()"><form method="post" action="/end">` + field + `</form>`),
		"/button": html(`<form method="post" action="/end">` + field + `<button>Continue</button></form>`),
		"/delay":  html(`<form method="post" action="/end">` + field + `</form><script>setTimeout(function () { document.forms[0].submit() }, 500)</script>`),
		"/login":  html(`<form method="post" action="/end"><input name="user"><input type="password" name="pw"><button>Log in</button></form>`),
		"/end":    html(`<p>Here.`),
	})
	br := b.browser(Options{})
	for _, start := range []string{"/post", "/onload", "/button", "/delay"} {
		hops := b.visit(br, browser.Request{URL: s.URL + start})
		require.Equal(t, []string{"start GET " + start + " 200", "form POST /end 200"}, s.way(hops), start)
		assert.Equal(t, []string{"SAMLResponse", "RelayState"}, hops[1].Posted, start)
		assert.Equal(t, "SAMLResponse=PD94&RelayState=a+%26+b", s.got(t, "POST /end").body, start)
	}
	hops := b.visit(br, browser.Request{URL: s.URL + "/get"})
	require.Len(t, hops, 2)
	assert.Equal(t, "form", hops[1].Because)
	assert.True(t, strings.HasPrefix(s.got(t, "GET /end").line, "GET /end?SAMLRequest=x"))
	hops = b.visit(br, browser.Request{URL: s.URL + "/login"})
	require.Len(t, hops, 1, "a form for a person is left alone")
	require.Len(t, hops[0].Forms, 1)
	assert.Equal(t, []string{"user:text", "pw:password"}, hops[0].Forms[0].Fields)
	assert.Equal(t, s.URL+"/end", hops[0].Forms[0].Action)
}

func page(t *testing.T, b *bench) {
	s := b.site(map[string]http.HandlerFunc{
		"/": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Request-Id", "abc-1")
			html(`<title>My page</title><style>p { color: red }</style><h1>Hello <b>you</b></h1><p>One<br>two</p><p style="display:none">not shown</p>
				<div hidden>neither</div><ul><li>a<li>b</ul><a href="/there?x=1">go</a><a href="mailto:x@y.example">mail</a>
				<noscript>no script</noscript><template><p>template</p></template><input type="submit" value="Send">`)(w, r)
		},
		"/me": func(w http.ResponseWriter, _ *http.Request) { answerJSON(w, `{"user":{"name":"x"},"n":[1]}`) },
		"/text": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			_, _ = w.Write([]byte("one\ntwo"))
		},
	})
	br := b.browser(Options{})
	h := b.visit(br, browser.Request{URL: s.URL + "/"})[0]
	assert.Equal(t, "My page", h.Title)
	assert.Equal(t, []string{"Hello you", "One", "two", "a", "b", "go", "mail", "Send"}, h.Blocks)
	assert.Equal(t, []string{s.URL + "/there?x=1"}, h.Links)
	assert.Equal(t, map[string]string{"x-request-id": "abc-1"}, h.RequestIDs)
	h = b.visit(br, browser.Request{URL: s.URL + "/me"})[0]
	assert.Equal(t, []string{"user", "user.name", "n", "n[]"}, h.JSONKeys)
	assert.Contains(t, h.Blocks, "user.name: x")
	h = b.visit(br, browser.Request{URL: s.URL + "/text"})[0]
	assert.Equal(t, []string{"one", "two"}, h.Blocks)
}

func answerJSON(w http.ResponseWriter, body string) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(body))
}

func statuses(t *testing.T, b *bench) {
	s := b.site(map[string]http.HandlerFunc{
		"/401": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("WWW-Authenticate", `Basic realm="x"`)
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = w.Write([]byte("<p>Please sign in"))
		},
		"/429": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
		},
		"/500": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(500)
			_, _ = w.Write([]byte("<p>Broken"))
		},
		"/file": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Disposition", "attachment")
			_, _ = w.Write([]byte("x"))
		},
		"/204": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
		"/end": html(`<p>Here.`),
	})
	br := b.browser(Options{})
	for path, status := range map[string]int{"/401": 401, "/429": 429, "/500": 500, "/file": 200, "/204": 204, "/end": 200} {
		hops := b.visit(br, browser.Request{URL: s.URL + path})
		require.Len(t, hops, 1, path)
		assert.Equal(t, status, hops[0].Status, path)
		assert.Empty(t, hops[0].Error, path)
		switch path {
		case "/401":
			assert.Equal(t, []string{"Please sign in"}, hops[0].Blocks)
		case "/429":
			assert.Equal(t, "7", hops[0].RetryAfter)
		case "/500":
			assert.Equal(t, []string{"Broken"}, hops[0].Blocks)
		}
	}
}

func stillMoving(t *testing.T, b *bench) {
	s := b.site(map[string]http.HandlerFunc{"/a": to(302, "/b"), "/b": to(302, "/a")})
	hops := b.visit(b.browser(Options{}), browser.Request{URL: s.URL + "/a"})
	require.Len(t, hops, 14)
	assert.Equal(t, "still moving after 14 hops: in a circle through "+s.URL+"/a", hops[13].Error)
	assert.Empty(t, hops[12].Error)
	assert.Len(t, b.visit(b.browser(Options{MaxHops: 3}), browser.Request{URL: s.URL + "/a"}), 3)
}

func broken(t *testing.T, b *bench) {
	gone := b.site(nil)
	closed := gone.URL
	gone.Close()
	br := b.browser(Options{})
	for name, c := range map[string]struct{ url, begins string }{
		"nobody listens":    {closed, browser.CannotConnect},
		"hangs up":          {b.raw(""), browser.Closed + " before an answer"},
		"hangs up midway":   {b.raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\n<p>half"), browser.Closed + " in the middle of the answer, after 7 bytes"},
		"redirected astray": {b.raw("HTTP/1.1 302 Found\r\nLocation: myapp://done\r\nContent-Length: 0\r\n\r\n"), browser.Astray},
	} {
		hops := b.visit(br, browser.Request{URL: c.url})
		require.Len(t, hops, 1, name)
		assert.True(t, strings.HasPrefix(hops[0].Error, c.begins), "%s: %s", name, hops[0].Error)
		if name == "hangs up midway" {
			assert.Equal(t, []string{"half"}, hops[0].Blocks, "what came is kept")
			assert.Equal(t, 200, hops[0].Status)
		}
	}
}

func neverAnswers(t *testing.T, b *bench) {
	release := make(chan struct{})
	s := b.site(map[string]http.HandlerFunc{
		"/": func(http.ResponseWriter, *http.Request) { <-release },
		"/half": func(w http.ResponseWriter, r *http.Request) {
			html("<p>so far")(w, r)
			w.(http.Flusher).Flush()
			<-release
		},
	})
	t.Cleanup(func() { close(release) }) // before the server's Close, which waits for the handlers
	hops := b.visit(b.browser(Options{HopTimeout: 2 * time.Second}), browser.Request{URL: s.URL + "/"})
	assert.Equal(t, "no answer within 2s", hops[0].Error)
	assert.Zero(t, hops[0].Status)
	hops = b.visit(b.browser(Options{HopTimeout: 5 * time.Second}), browser.Request{URL: s.URL + "/half"})
	assert.True(t, strings.HasPrefix(hops[0].Error, "no answer within 5s: the answer had begun"), hops[0].Error)
}

func givenUp(t *testing.T, b *bench) {
	ctx, cancel := context.WithCancel(t.Context())
	s := b.site(map[string]http.HandlerFunc{"/": func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() }})
	_, err := b.browser(Options{}).Visit(ctx, browser.Request{URL: s.URL + "/"})
	require.ErrorIs(t, err, context.Canceled)
	_, err = b.browser(Options{}).Visit(ctx, browser.Request{URL: s.URL + "/"})
	require.ErrorIs(t, err, context.Canceled)
}

func noAddress(t *testing.T, b *bench) {
	br := b.browser(Options{})
	for _, r := range []browser.Request{{URL: ""}, {URL: "sp.example/x"}, {URL: "ftp://sp.example/"}, {URL: "http://%zz/"}, {URL: "https://sp.example", Origin: "idp"}} {
		hops, err := br.Visit(t.Context(), r)
		require.ErrorContains(t, err, "browser: ", "%+v", r)
		assert.Empty(t, hops)
	}
}

func fill(t *testing.T, b *bench) {
	s := b.site(map[string]http.HandlerFunc{
		"/login": html(`<form method="post" action="/next"><input type="hidden" name="csrf" value="1"><input type="email" name="email"><button>Next</button></form>`),
		"/next":  to(302, "/end"), "/end": html(`<p>Here.`),
	})
	hops := b.visit(b.browser(Options{}), browser.Request{URL: s.URL + "/login", Fill: map[string]string{"email": "a@b.example"}})
	assert.Equal(t, []string{"start GET /login 200", "form POST /next 302", "redirect GET /end 200"}, s.way(hops))
	sent, err := url.ParseQuery(s.got(t, "POST /next").body)
	require.NoError(t, err)
	assert.Equal(t, url.Values{"csrf": {"1"}, "email": {"a@b.example"}}, sent)
	hops = b.visit(b.browser(Options{}), browser.Request{URL: s.URL + "/end", Fill: map[string]string{"email": "a@b.example"}})
	assert.True(t, strings.HasPrefix(hops[0].Error, browser.NothingToFill), hops[0].Error)
}
