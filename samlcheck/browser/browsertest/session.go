package browsertest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/transcript"
)

const idpHost = "acme.okta.example"

// desk answers the IdP's host inside the process.
type desk struct{ h http.Handler }

func (d desk) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host != idpHost {
		return http.DefaultTransport.RoundTrip(r)
	}
	w := httptest.NewRecorder()
	d.h.ServeHTTP(w, r)
	resp := w.Result()
	resp.Request = r
	return resp, nil
}

func idp(h http.HandlerFunc) Options {
	return Options{Transport: desk{h}, IdPHosts: []string{idpHost}}
}

func setCookies(lines ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for _, l := range lines {
			w.Header().Add("Set-Cookie", l)
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<p>set"))
	}
}

// sent are the names of the cookies of a request, sorted.
func sent(a asked) string {
	names := []string{}
	for _, c := range (&http.Request{Header: a.header}).Cookies() {
		names = append(names, c.Name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

var everySameSite = []string{"lax=1; Path=/; SameSite=Lax", "strict=1; Path=/; SameSite=Strict", "none=1; Path=/; SameSite=None; Secure", "open=1; Path=/; SameSite=None", "unsaid=1; Path=/"}

func cookies(t *testing.T, b *bench) {
	s := b.site(map[string]http.HandlerFunc{
		"/set": setCookies(append(everySameSite, "gone=; Path=/; Max-Age=0", "sid=Zx81kQ09pLmN3vBt7YwE2; Path=/; HttpOnly")...),
		"/acs": html("<p>acs"), "/deep/set": setCookies("deep=1"), "/deep/x": html("<p>x"), "/end": html("<p>end"),
	})
	br := b.browser(idp(html("")))
	hops := b.visit(br, browser.Request{URL: s.URL + "/set"})
	byName := map[string]transcript.Cookie{}
	for _, c := range hops[0].Cookies {
		byName[c.Name] = c
	}
	assert.Len(t, byName, 7)
	assert.Equal(t, "Lax", byName["lax"].SameSite)
	assert.True(t, byName["none"].Secure)
	assert.True(t, byName["gone"].Deleted)
	assert.True(t, byName["sid"].Token && byName["sid"].HTTPOnly)
	assert.NotContains(t, byName["sid"].Digest, "Zx81")

	hops = b.visit(br, browser.Request{URL: s.URL + "/acs", Form: url.Values{"SAMLResponse": {"x"}}, Origin: "https://" + idpHost + "/app"})
	require.Len(t, hops, 1)
	assert.Equal(t, "none sid unsaid", sent(s.got(t, "POST /acs")))
	assert.Equal(t, []string{"lax", "open", "strict"}, hops[0].Withheld)
	assert.Equal(t, []string{"SAMLResponse"}, hops[0].Posted)

	b.visit(br, browser.Request{URL: s.URL + "/deep/set"})
	hops = b.visit(br, browser.Request{URL: s.URL + "/end"})
	assert.Equal(t, "lax none sid strict unsaid", sent(s.got(t, "GET /end")), "typed: everything of the path goes")
	assert.Equal(t, []string{"open"}, hops[0].Withheld, "SameSite=None without Secure is never kept")
	b.visit(br, browser.Request{URL: s.URL + "/deep/x"})
	assert.Equal(t, "deep lax none sid strict unsaid", sent(s.got(t, "GET /deep/x")))
}

func strictAfterPost(t *testing.T, b *bench) {
	s := b.site(map[string]http.HandlerFunc{
		"/acs": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Add("Set-Cookie", "sid=s; Path=/; SameSite=Strict")
			w.Header().Add("Set-Cookie", "plain=s; Path=/")
			to(302, "/home")(w, r)
		},
		"/home": html("<p>home"),
	})
	br := b.browser(idp(html("")))
	hops := b.visit(br, browser.Request{URL: s.URL + "/acs", Form: url.Values{"SAMLResponse": {"x"}}, Origin: "https://" + idpHost + "/app"})
	require.Len(t, hops, 2)
	assert.Equal(t, "plain", sent(s.got(t, "GET /home")), "Strict stays away from the GET that the POST led to")
	assert.Equal(t, []string{"sid"}, hops[1].Withheld)
	b.visit(br, browser.Request{URL: s.URL + "/home"})
	assert.Equal(t, "plain sid", sent(s.got(t, "GET /home")))
}

func atIdP(t *testing.T, b *bench) {
	var acs string
	posted := make(chan string, 1)
	s := b.site(map[string]http.HandlerFunc{
		"/login": to(302, "https://"+idpHost+"/sso?SAMLRequest=abc&RelayState=state#there"),
		"/post":  html(sends("post", "https://"+idpHost+"/sso", `<input type="hidden" name="SAMLRequest" value="abc">`)),
		"/acs":   to(302, "/home"),
		"/home":  html("<p>home"),
	})
	acs = s.URL + "/acs"
	br := b.browser(idp(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/moved" {
			html(sends("post", acs, `<input type="hidden" name="SAMLResponse" value="PD94">`))(w, r)
			return
		}
		if r.ParseForm() == nil && r.Method == http.MethodPost {
			posted <- r.PostForm.Get("SAMLRequest")
		}
		to(302, "/moved")(w, r)
	}))
	hops := b.visit(br, browser.Request{URL: s.URL + "/login"})
	idpAt := "https://" + idpHost
	require.Equal(t, []string{
		"start GET /login 302", "redirect GET " + hops[1].URL + " 302", "redirect GET " + idpAt + "/moved#there 200", "form POST /acs 302", "redirect GET /home 200",
	}, s.way(hops))
	assert.True(t, strings.HasPrefix(hops[1].URL, idpAt+"/sso?SAMLRequest=~"), "messages are cut: %s", hops[1].URL)
	var where []bool
	for _, h := range hops {
		where = append(where, h.AtIdP)
	}
	assert.Equal(t, []bool{false, true, true, false, false}, where)
	assert.Equal(t, "SAMLResponse=PD94", s.got(t, "POST /acs").body)
	assert.Equal(t, "cross-site", s.got(t, "POST /acs").header.Get("Sec-Fetch-Site"))

	hops = b.visit(br, browser.Request{URL: s.URL + "/post"})
	require.Len(t, hops, 5)
	assert.Equal(t, "abc", <-posted)
	assert.Equal(t, []string{"SAMLRequest"}, hops[1].Posted)
}

func starts(t *testing.T, b *bench) {
	other := b.site(map[string]http.HandlerFunc{"/": html("<p>other")})
	s := b.site(map[string]http.HandlerFunc{"/": html("<p>x"), "/away": to(302, other.URL+"/")})
	br := b.browser(Options{})
	b.visit(br, browser.Request{URL: s.URL + "/away", Header: http.Header{"Authorization": {"Basic eA=="}, "X-Mine": {"1"}}})
	assert.Equal(t, "Basic eA==", s.got(t, "GET /away").header.Get("Authorization"))
	assert.Equal(t, "1", s.got(t, "GET /away").header.Get("X-Mine"))
	assert.Empty(t, other.got(t, "GET /").header.Get("X-Mine"), "extra headers are for the first host only")
	assert.Equal(t, "none", s.got(t, "GET /away").header.Get("Sec-Fetch-Site"))
	assert.Contains(t, s.got(t, "GET /away").header.Get("User-Agent"), "samlcheck (+")

	hops := b.visit(br, browser.Request{URL: s.URL + "/", Form: url.Values{"z": {"<&\""}, "a": {"1"}}})
	assert.Equal(t, []string{"start POST / 200"}, s.way(hops))
	assert.Equal(t, []string{"a", "z"}, hops[0].Posted)
	got := s.got(t, "POST /")
	assert.Equal(t, "a=1&z=%3C%26%22", got.body)
	assert.Equal(t, s.URL, got.header.Get("Origin"), "the site's own page posts")
	assert.Equal(t, "same-origin", got.header.Get("Sec-Fetch-Site"))
}

func followsJSON(t *testing.T, b *bench) {
	s := b.site(map[string]http.HandlerFunc{
		"/json": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Add("Set-Cookie", "state=1; Path=/")
			answerJSON(w, `{"other":"https://elsewhere.example/","redirect":"http://`+r.Host+`/sso?x=1"}`)
		},
		"/sso": html("<p>sso"),
	})
	br := b.browser(Options{})
	hops := b.visit(br, browser.Request{URL: s.URL + "/json", JSON: []byte(`{"email":"x"}`), Follow: s.URL + "/sso"})
	assert.Equal(t, []string{"start POST /json 200", "json GET /sso?x=1 200"}, s.way(hops))
	assert.Equal(t, []string{"other", "redirect"}, hops[0].JSONKeys)
	require.Len(t, hops[0].Cookies, 1)
	assert.Equal(t, "state", hops[0].Cookies[0].Name)
	got := s.got(t, "POST /json")
	assert.JSONEq(t, `{"email":"x"}`, got.body)
	assert.Equal(t, "application/json", got.header.Get("Content-Type"))
	assert.Equal(t, "state", sent(s.got(t, "GET /sso")))

	hops = b.visit(br, browser.Request{URL: s.URL + "/json", JSON: []byte(`{}`)})
	assert.Equal(t, []string{"start POST /json 200"}, s.way(hops), "not followed unless asked for")
}

const secret = "Zx81kQ09pLmN3vBt7YwE2rT5"

func tokens(t *testing.T, b *bench) {
	s := b.site(map[string]http.HandlerFunc{
		"/frag":  to(302, "/app#access_token="+secret+"&x=1"),
		"/query": to(302, "/app?token="+secret),
		"/app":   html("<p>app " + secret),
		"/json":  func(w http.ResponseWriter, _ *http.Request) { answerJSON(w, `{"data":{"access_token":"`+secret+`"}}`) },
	})
	br := b.browser(Options{})
	for path, place := range map[string]string{"/frag": "fragment:access_token", "/query": "query:token", "/json": "json:data.access_token"} {
		hops := b.visit(br, browser.Request{URL: s.URL + path})
		rest := hops[len(hops)-1]
		require.Len(t, rest.Tokens, 1, path)
		assert.Equal(t, place, rest.Tokens[0].Place)
		assert.NotContains(t, strings.Join(append(rest.Blocks, rest.URL, hops[0].Location), " "), secret, path)
	}
}

func fresh(t *testing.T, b *bench) {
	s := b.site(map[string]http.HandlerFunc{"/set": setCookies("sid=1; Path=/"), "/end": html("<p>end")})
	one, two := b.browser(Options{}), b.browser(Options{})
	b.visit(one, browser.Request{URL: s.URL + "/set"})
	b.visit(two, browser.Request{URL: s.URL + "/end"})
	assert.Empty(t, sent(s.got(t, "GET /end")), "a fresh browser knows nothing of another")
	b.visit(one, browser.Request{URL: s.URL + "/end"})
	assert.Equal(t, "sid", sent(s.got(t, "GET /end")))
}

// again: a page is asked for anew each time, whatever it says of caching, and
// also when only the fragment differs.
func again(t *testing.T, b *bench) {
	s := b.site(map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=3600")
		html("<p>page")(w, r)
	}})
	br := b.browser(Options{})
	for _, fragment := range []string{"", "", "#a", "#b"} {
		hops := b.visit(br, browser.Request{URL: s.URL + "/" + fragment})
		assert.Equal(t, []string{"start GET /" + fragment + " 200"}, s.way(hops))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	assert.Len(t, s.seen, 4)
}

// shell: what scripts draw is seen by who runs them; who does not says how many
// there are.
func shell(t *testing.T, b *bench) {
	s := b.site(map[string]http.HandlerFunc{"/": html(`<title>App</title><div id="root"></div><script>
		document.getElementById("root").innerHTML = "<h1>Drawn</h1><p>by script</p>"</script>`)})
	h := b.visit(b.browser(Options{}), browser.Request{URL: s.URL + "/"})[0]
	assert.Equal(t, 1, h.Scripts)
	if b.is.Scripts {
		assert.Equal(t, []string{"Drawn", "by script"}, h.Blocks)
	} else {
		assert.Empty(t, h.Blocks)
	}
}
