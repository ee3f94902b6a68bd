package plain

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
)

// one is a cookie set at an address, and a request some time later.
type one struct {
	at, line string
	to, from string        // from "" is typed
	method   string        // "" is GET
	after    time.Duration // between the two
	want     string        // sent, withheld, nothing
}

func play(t *testing.T, c one) string {
	t.Helper()
	j := &jar{sites: newSites([]string{"idp.example", "127.0.0.1:9000"}, []string{"local.example"})}
	now := time.Date(2026, 11, 24, 16, 0, 0, 0, time.UTC)
	sc, ok := browser.ParseSetCookie(c.line)
	require.True(t, ok, c.line)
	j.set(address(t, c.at), sc, now)
	h := how{safe: c.method != "POST", now: now.Add(c.after)}
	if c.from != "" {
		h.from = address(t, c.from)
	}
	sent, withheld := j.get(address(t, c.to), h)
	switch {
	case len(sent) == 1 && len(withheld) == 0:
		return "sent"
	case len(sent) == 0 && len(withheld) == 1:
		return "withheld"
	case len(sent) == 0 && len(withheld) == 0:
		return "nothing"
	}
	return "both"
}

func address(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	require.NoError(t, err)
	return u
}

const (
	sp   = "https://app.sp.example/acs"
	www  = "https://www.sp.example/"
	away = "https://idp.example/sso"
)

// TestJarRules shows each rule with a cookie that it lets go and one that it
// does not.
func TestJarRules(t *testing.T) {
	t.Parallel()
	for rule, cs := range map[string][]one{
		"SameSite=Lax: not on another site's POST": {
			{at: sp, line: "a=b; SameSite=Lax", to: sp, from: away, want: "sent"},
			{at: sp, line: "a=b; SameSite=Lax", to: sp, from: away, method: "POST", want: "withheld"},
			{at: sp, line: "a=b; SameSite=Lax", to: sp, from: www, method: "POST", want: "sent"},
			{at: sp, line: "a=b; SameSite=Lax", to: sp, method: "POST", want: "sent"},
		},
		"SameSite=Strict: not on anything that another site began": {
			{at: sp, line: "a=b; SameSite=Strict", to: sp, want: "sent"},
			{at: sp, line: "a=b; SameSite=Strict", to: sp, from: www, want: "sent"},
			{at: sp, line: "a=b; SameSite=Strict", to: sp, from: away, want: "withheld"},
			{at: sp, line: "a=b; SameSite=Strict", to: sp, from: away, method: "POST", want: "withheld"},
		},
		"SameSite=None: everywhere, if Secure": {
			{at: sp, line: "a=b; SameSite=None; Secure", to: sp, from: away, method: "POST", want: "sent"},
			{at: sp, line: "a=b; SameSite=None", to: sp, from: away, method: "POST", want: "withheld"},
			{at: sp, line: "a=b; SameSite=None", to: sp, want: "withheld"},
		},
		"no SameSite: Lax after two minutes": {
			{at: sp, line: "a=b", to: sp, from: away, method: "POST", after: 2 * time.Minute, want: "sent"},
			{at: sp, line: "a=b", to: sp, from: away, method: "POST", after: 2*time.Minute + time.Second, want: "withheld"},
			{at: sp, line: "a=b", to: sp, from: away, after: time.Hour, want: "sent"},
			{at: sp, line: "a=b; SameSite=Wrong", to: sp, from: away, method: "POST", after: time.Hour, want: "withheld"},
		},
		"a site has a scheme": {
			{at: sp, line: "a=b; SameSite=Strict", to: sp, from: "http://app.sp.example/", want: "withheld"},
		},
		"the IdP is another site, on whatever host": {
			{at: "http://127.0.0.1:8000/", line: "a=b; SameSite=Lax; Path=/", to: "http://127.0.0.1:8000/", from: "http://127.0.0.1:8001/", method: "POST", want: "sent"},
			{at: "http://127.0.0.1:8000/", line: "a=b; SameSite=Lax; Path=/", to: "http://127.0.0.1:8000/", from: "http://127.0.0.1:9000/", method: "POST", want: "withheld"},
			{at: "http://127.0.0.1:9000/", line: "a=b; Path=/", to: "http://127.0.0.1:9000/", want: "sent"},
			{at: "http://127.0.0.1:9000/", line: "a=b; Path=/", to: "http://127.0.0.1:8000/", want: "nothing"},
		},
		"Secure needs https or this machine": {
			{at: sp, line: "a=b; Secure", to: sp, want: "sent"},
			{at: sp, line: "a=b; Secure", to: "http://app.sp.example/acs", want: "withheld"},
			{at: "http://app.sp.example/", line: "a=b; Secure", to: "https://app.sp.example/", want: "withheld"},
			{at: "http://127.0.0.2/", line: "a=b; Secure", to: "http://127.0.0.2/", want: "sent"},
			{at: "http://[::1]:80/", line: "a=b; Secure", to: "http://[::1]/", want: "sent"},
			{at: "http://x.localhost/", line: "a=b; Secure", to: "http://x.localhost/", want: "sent"},
			{at: "http://local.example/", line: "a=b; Secure", to: "http://local.example/", want: "sent"},
			{at: "http://10.0.0.1/", line: "a=b; Secure", to: "http://10.0.0.1/", want: "withheld"},
		},
		"a cookie without Domain stays on its host": {
			{at: sp, line: "a=b; Path=/", to: "https://app.sp.example/x", want: "sent"},
			{at: sp, line: "a=b; Path=/", to: "https://sub.app.sp.example/", want: "nothing"},
			{at: sp, line: "a=b; Path=/", to: www, want: "nothing"},
		},
		"Domain shares with its subdomains": {
			{at: sp, line: "a=b; Path=/; Domain=.SP.example", to: www, want: "sent"},
			{at: sp, line: "a=b; Path=/; Domain=other.example", to: "https://other.example/", want: "nothing"},
			{at: sp, line: "a=b; Path=/; Domain=example", to: www, want: "nothing"},
			{at: "https://a.co.uk/", line: "a=b; Domain=co.uk", to: "https://b.co.uk/", want: "nothing"},
			{at: "https://a.github.io/", line: "a=b; Domain=github.io", to: "https://b.github.io/", want: "nothing"},
			{at: "https://b.github.io/", line: "a=b; SameSite=Strict", to: "https://b.github.io/", from: "https://a.github.io/", want: "withheld"},
			{at: "http://localhost/", line: "a=b; Domain=localhost", to: "http://localhost:8080/", want: "sent"},
			{at: "http://127.0.0.1/", line: "a=b; Domain=0.0.1", to: "http://127.0.0.1/", want: "nothing"},
			{at: "http://127.0.0.1/", line: "a=b; Domain=127.0.0.1", to: "http://127.0.0.1/", want: "sent"},
			{at: sp, line: "a=b; Path=/; Domain=app.sp.example", to: "https://evilapp.sp.example/", want: "nothing"},
		},
		"Path": {
			{at: "https://sp.example/x/y", line: "a=b", to: "https://sp.example/x/z", want: "sent"},
			{at: "https://sp.example/x/y", line: "a=b", to: "https://sp.example/", want: "nothing"},
			{at: sp, line: "a=b; Path=/x", to: "https://app.sp.example/x", want: "sent"},
			{at: sp, line: "a=b; Path=/x", to: "https://app.sp.example/xy", want: "nothing"},
			{at: sp, line: "a=b; Path=/x/", to: "https://app.sp.example/x/y", want: "sent"},
			{at: sp, line: "a=b; Path=/", to: "https://app.sp.example", want: "sent"},
		},
		"Max-Age and Expires": {
			{at: sp, line: "a=b; Max-Age=60", to: sp, after: 59 * time.Second, want: "sent"},
			{at: sp, line: "a=b; Max-Age=60", to: sp, after: 60 * time.Second, want: "nothing"},
			{at: sp, line: "a=b; Max-Age=0", to: sp, want: "nothing"},
			{at: sp, line: "a=b; Expires=Tue, 24 Nov 2026 16:01:00 GMT", to: sp, after: 59 * time.Second, want: "sent"},
			{at: sp, line: "a=b; Expires=Tue, 24 Nov 2026 16:01:00 GMT", to: sp, after: 61 * time.Second, want: "nothing"},
			{at: sp, line: "a=b; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", to: sp, want: "sent"},
			{at: sp, line: "a=b; Max-Age=99999999999", to: sp, after: longest + time.Second, want: "nothing"},
		},
		"names that promise": {
			{at: sp, line: "__Secure-a=b; Secure; Path=/", to: sp, want: "sent"},
			{at: sp, line: "__Secure-a=b; Path=/", to: sp, want: "nothing"},
			{at: sp, line: "__Host-a=b; Secure; Path=/", to: sp, want: "sent"},
			{at: sp, line: "__Host-a=b; Secure; Path=/; Domain=sp.example", to: sp, want: "nothing"},
			{at: sp, line: "__host-a=b; Secure; Path=/acs", to: sp, want: "nothing"},
		},
	} {
		for _, c := range cs {
			assert.Equal(t, c.want, play(t, c), "%s: %+v", rule, c)
		}
	}
}

func set(t *testing.T, j *jar, at, line string, now time.Time) {
	t.Helper()
	sc, ok := browser.ParseSetCookie(line)
	require.True(t, ok)
	j.set(address(t, at), sc, now)
}

func TestJarReplaces(t *testing.T) {
	t.Parallel()
	t0 := time.Date(2026, 11, 24, 16, 0, 0, 0, time.UTC)
	j := &jar{}
	names := func(to string, h how) (out, held []string) {
		sent, held := j.get(address(t, to), h)
		for _, c := range sent {
			out = append(out, c.name+"="+c.value)
		}
		return out, held
	}
	set(t, j, sp, "a=1; Path=/", t0)
	set(t, j, sp, "long=x; Path=/acs", t0.Add(time.Second))
	set(t, j, sp, "a=2; Path=/", t0.Add(time.Second))
	out, _ := names(sp, how{now: t0.Add(time.Second)})
	assert.Equal(t, []string{"long=x", "a=2"}, out, "one a, and the longer path first")

	set(t, j, sp, "a=; Path=/; Max-Age=0", t0)
	out, _ = names(sp, how{now: t0})
	assert.Equal(t, []string{"long=x"}, out)

	post := how{from: address(t, away), now: t0.Add(150 * time.Second)}
	set(t, j, sp, "same=v", t0)
	set(t, j, sp, "same=v", t0.Add(time.Minute))
	set(t, j, sp, "new=v", t0)
	set(t, j, sp, "new=w", t0.Add(time.Minute))
	out, held := names(sp, post)
	assert.Equal(t, []string{"new=w"}, out, "a new value begins its two minutes anew")
	assert.Equal(t, []string{"long", "same"}, held)

	set(t, j, sp, "ghost=1; SameSite=None", t0)
	_, held = names(sp, how{now: t0})
	assert.Equal(t, []string{"ghost"}, held)
	set(t, j, sp, "ghost=2", t0)
	out, held = names(sp, how{now: t0})
	assert.Contains(t, out, "ghost=2")
	assert.Empty(t, held, "the one that is kept takes the refused one's place")
	set(t, j, sp, "ghost=; Max-Age=0", t0)
	_, held = names(sp, how{now: t0})
	assert.Empty(t, held, "and it stays away when that one is deleted")
}

func TestJarKeepsSecureCookiesFromPlainHTTP(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 16, 0, 0, 0, time.UTC)
	j := &jar{}
	set(t, j, "https://sp.example/", "sid=good; Secure; Path=/", now)
	set(t, j, "http://sp.example/", "sid=bad; Path=/", now)
	set(t, j, "http://sp.example/", "other=fine; Path=/", now)
	sent, _ := j.get(address(t, "https://sp.example/"), how{now: now})
	require.Len(t, sent, 2)
	assert.Equal(t, "good", sent[0].value)
	assert.Equal(t, "fine", sent[1].value)
}

func TestJarIsBounded(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 16, 0, 0, 0, time.UTC)
	j := &jar{}
	for i := range most + 10 {
		set(t, j, sp, "c"+time.Duration(i).String()+"=v", now)
	}
	assert.Len(t, j.cookies, most)
	assert.Equal(t, "c10ns", j.cookies[0].name)
}
