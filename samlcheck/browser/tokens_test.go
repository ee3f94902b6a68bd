package browser_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/transcript"
)

// drawn is the i-th value drawn by lot: the same in every run.
func drawn(i int) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "seed %d", i))
	return sum[:]
}

func aJWT(i int) string {
	enc := base64.RawURLEncoding.EncodeToString
	return enc([]byte(`{"alg":"RS256"}`)) + "." + enc([]byte(`{"sub":"1"}`)) + "." + enc(drawn(i))
}

// secrets are n values of every shape that tokens have.
func shapes(i int) []string {
	b := drawn(i)
	h := hex.EncodeToString(b)
	return []string{
		aJWT(i), h, h[:32], strings.ToUpper(h[:40]),
		base64.RawURLEncoding.EncodeToString(b), base64.StdEncoding.EncodeToString(b),
		h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:32],
	}
}

func TestTokenLike(t *testing.T) {
	t.Parallel()
	for i := range 200 {
		for _, s := range shapes(i) {
			assert.True(t, browser.TokenLike(s), s)
		}
	}
	for _, s := range []string{
		"", "abc123", "403", "expired", "2026-11-24T16:38:38Z", "samlcheck-x7k2p-1@people.example",
		"user_not_assigned_to_application", "internal-server-error-page", "IdentityProviderConfiguration2",
		"annual-report-2024-q3-v2-final1", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
		"https://app.example/some/long/path/to/a/page", "/app/settings/members/invitations/2024",
		"You are not a member of this workspace, ask an admin", "00000000000000000000", "de-DE-formal-translation",
		"very-long-host-name-12.eu-central-1.example.com",
	} {
		assert.False(t, browser.TokenLike(s), s)
	}
}

// Who is signed in is read from addresses, the made-up ones above all.
func TestAnAddressIsNoToken(t *testing.T) {
	t.Parallel()
	for _, kept := range []string{"samlcheck-c5d0-entra-1@acme.example", "a7b3c9d1e5f2a8b4c6d0@acme.example"} {
		assert.Contains(t, shown("You are signed in as "+kept+"."), kept)
		link := "https://sp.example/?user=" + url.QueryEscape(kept)
		assert.Equal(t, link, browser.CutURL(link))
	}
	secret := aJWT(3)[:30]
	for _, hides := range []string{"https://" + secret + "@sp.example/x", "see https://u:" + secret + "@sp.example/", secret + "/x@y"} {
		assert.NotContains(t, shown(hides), secret)
	}
}

// shown is what is kept of a paragraph.
func shown(text string) string {
	page := transcript.Hop{URL: "https://sp.example/", Status: 200, ContentType: "text/html"}
	browser.Observe(&page, http.Header{"Content-Type": {"text/html"}}, []byte("<p>"+text+"</p>"))
	return strings.Join(page.Blocks, " ")
}

func TestCutURL(t *testing.T) {
	t.Parallel()
	tok := aJWT(1)
	d := "~" + browser.Digest(tok)
	for name, c := range map[string][2]string{
		"query":             {"https://a.example/p?x=1&access_token=" + tok + "&y=%20b", "https://a.example/p?x=1&access_token=" + d + "&y=%20b"},
		"fragment":          {"https://a.example/p#token_type=Bearer&access_token=" + tok, "https://a.example/p#token_type=Bearer&access_token=" + d},
		"fragment alone":    {"https://a.example/p#" + tok, "https://a.example/p#" + d},
		"route in fragment": {"https://a.example/#/done?token=" + tok + "&a=b", "https://a.example/#/done?token=" + d + "&a=b"},
		"nested": {
			"https://a.example/?next=" + url.QueryEscape("/x?token="+tok+"&z=1"),
			"https://a.example/?next=" + url.QueryEscape("/x?token="+d+"&z=1"),
		},
		"SAML":          {"/acs?SAMLResponse=abc&RelayState=/home&SigAlg=x&Signature=s", "/acs?SAMLResponse=~" + browser.Digest("abc") + "&RelayState=~" + browser.Digest("/home") + "&SigAlg=x&Signature=~" + browser.Digest("s")},
		"empty state":   {"/acs?RelayState=", "/acs?RelayState="},
		"named":         {"/cb?code=a1b2c3d4e5&state=9f8e7d6c", "/cb?code=~" + browser.Digest("a1b2c3d4e5") + "&state=~" + browser.Digest("9f8e7d6c")},
		"plain words":   {"/cb?code=403&session=expired&state=open&error=user%20not%20found", "/cb?code=403&session=expired&state=open&error=user%20not%20found"},
		"password":      {"https://u:pw@a.example/?password=x", "https://a.example/?password=~" + browser.Digest("x")},
		"path segment":  {"/t/" + tok + "/x", "/t/" + d + "/x"},
		"document id":   {"/w/01HV3Q8Z6T4N2M9XKCJ7RB5D0E/home", "/w/01HV3Q8Z6T4N2M9XKCJ7RB5D0E/home"},
		"path param":    {"/a;jsessionid=0123456789ABCDEF0123456789ABCDEF?b=1", "/a;jsessionid=~" + browser.Digest("0123456789ABCDEF0123456789ABCDEF") + "?b=1"},
		"no address":    {"://%zz?token=" + tok, "://%zz?token=" + d},
		"nothing":       {"", ""},
		"left as it is": {"https://a.example:8443/%7Ebob/?q=a+b&c;d#top", "https://a.example:8443/%7Ebob/?q=a+b&c;d#top"},
	} {
		assert.Equal(t, c[1], browser.CutURL(c[0]), name)
		assert.Equal(t, c[1], browser.CutURL(c[1]), "%s, cut again", name)
	}
}

func TestWithoutTokens(t *testing.T) {
	t.Parallel()
	tok := aJWT(1)
	for in, want := range map[string]string{
		"https://a.example/p?x=1&access_token=" + tok + "&y=2":          "https://a.example/p?x=1&y=2",
		"https://a.example/p?access_token=" + tok:                       "https://a.example/p",
		"https://a.example/p#access_token=" + tok + "&expires_in=3600":  "https://a.example/p#expires_in=3600",
		"https://a.example/#/done?token=" + tok:                         "https://a.example/#/done",
		"https://a.example/?next=" + url.QueryEscape("/x?token="+tok):   "https://a.example/",
		"https://a.example/a;jsessionid=0123456789ABCDEF0123456789?b=1": "https://a.example/a?b=1",
		"https://a.example/p?tab=members#top":                           "https://a.example/p?tab=members#top",
	} {
		assert.Equal(t, want, browser.WithoutTokens(in), in)
		assert.Equal(t, want, browser.WithoutTokens(browser.CutURL(in)), "%s, as recorded", in)
	}
}

// TestNoSecretIsRecorded puts secrets of every shape into every place of an
// answer and looks for any of them in the hop as it would be stored.
func TestNoSecretIsRecorded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		at := 0
		var all []string
		secret := func() string {
			at++
			i := rapid.IntRange(0, 1<<20).Draw(t, fmt.Sprintf("seed%d", at))
			s := rapid.SampledFrom(shapes(i)).Draw(t, fmt.Sprintf("secret%d", at))
			all = append(all, s)
			return s
		}
		key := rapid.SampledFrom([]string{"t", "access_token", "x", "RelayState", "SAMLResponse"})
		q := func() string {
			return url.QueryEscape(key.Draw(t, fmt.Sprintf("key%d", at))) + "=" + url.QueryEscape(secret())
		}
		address := func() string {
			s := "https://a.example/p?a=b&" + q() + "&next=" + url.QueryEscape("https://b.example/?"+q())
			return s + "#" + q()
		}
		hop := transcript.Hop{URL: address(), Error: "closed while " + secret()}
		header := http.Header{
			"Location":   {address()},
			"Set-Cookie": {"sid=" + secret() + "; Path=/", "sig=s%3A" + secret() + ".x"},
		}
		var body string
		if rapid.Bool().Draw(t, "json") {
			header.Set("Content-Type", "application/json")
			v, err := json.Marshal(map[string]any{"a": secret(), "b": []string{address(), "your key is " + jwtOrHex(secret(), &all)}, secret(): 1})
			require.NoError(t, err)
			body = string(v)
		} else {
			header.Set("Content-Type", "text/html")
			body = fmt.Sprintf(`<title>x %s</title><p>%s</p><a href="%s">x</a><form action="%s"><input name="%s"></form>`,
				jwtOrHex(secret(), &all), jwtOrHex(secret(), &all), address(), address(), jwtOrHex(secret(), &all))
		}
		browser.Observe(&hop, header, []byte(body))
		stored, err := json.Marshal(hop)
		require.NoError(t, err)
		for _, s := range all {
			for _, form := range []string{s, url.QueryEscape(s), url.QueryEscape(url.QueryEscape(s))} {
				assert.NotContains(t, string(stored), form)
			}
		}
	})
}

// jwtOrHex replaces a UUID, which a page's text may show, by another secret.
func jwtOrHex(s string, all *[]string) string {
	if strings.Count(s, "-") != 4 || len(s) != 36 {
		return s
	}
	*all = (*all)[:len(*all)-1]
	return strings.ReplaceAll(s, "-", "")
}
