package browser_test

import (
	"encoding/json"
	"flag"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/transcript"
)

var update = flag.Bool("update", false, "write the golden files")

func TestObserveGolden(t *testing.T) {
	t.Parallel()
	for file, contentType := range map[string]string{"dashboard.html": "text/html; charset=utf-8", "me.json": "application/json"} {
		body, err := os.ReadFile("testdata/" + file)
		require.NoError(t, err)
		hop := transcript.Hop{
			Method: "GET", Because: "redirect", Status: 200,
			URL: "https://sp.example/x?token=0123456789abcdef0123456789abcdef&a=b#id_token=eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
		}
		browser.Observe(&hop, http.Header{
			"Content-Type": {contentType}, "Date": {"Tue, 24 Nov 2026 16:00:00 GMT"}, "Retry-After": {"3"},
			"X-Request-Id": {"r-1"}, "Cf-Ray": {"8e1-FRA"}, "Set-Cookie": {"sid=0123456789abcdef0123456789abcdef; Path=/; HttpOnly"},
			"Location": {"/next?RelayState=abc"},
		}, body)
		got, err := json.MarshalIndent(hop, "", "  ")
		require.NoError(t, err)
		golden := "testdata/" + file + ".golden"
		if *update {
			require.NoError(t, os.WriteFile(golden, append(got, '\n'), 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got)+"\n", file)
	}
}

func TestObserveBodies(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		contentType, body string
		blocks            []string
	}{
		"latin1":            {"text/html", "<p>f\xfcr alle", []string{"für alle"}},
		"latin1 announced":  {"text/html; charset=ISO-8859-1", "<p>\xc3\xbc", []string{"Ã¼"}},
		"byte order mark":   {"text/html", "\xef\xbb\xbf<p>ü", []string{"ü"}},
		"utf-16":            {"text/html", "\xff\xfe<\x00p\x00>\x00h\x00i\x00", []string{"hi"}},
		"cut in a letter":   {"text/html", "<p>für\xc3", []string{"für"}},
		"plain text":        {"text/plain", "one\n\n two  words \n", []string{"one", "two words"}},
		"no content type":   {"", "<!doctype html><p>hi", []string{"hi"}},
		"json as text":      {"text/plain", ` {"ok": false}`, []string{"ok: false"}},
		"json behind guard": {"application/json", ")]}',\n[{\"a\":\"b\"}]", []string{"[].a: b"}},
		"json broken off":   {"application/problem+json", `{"title":"no","detail":"bro`, []string{"title: no"}},
		"a picture":         {"image/png", "\x89PNG<p>hi", nil},
		"empty":             {"text/html", "", nil},
		"unclosed":          {"text/html", "<div><p>a<b>b<table><td>c", []string{"ab", "c"}},
		"menu":              {"text/html", "<nav><a href=/i>Inbox</a><a href=/r>Reports</a> | <b>Alice</b></nav>", []string{"Inbox", "Reports", "|", "Alice"}},
		"links in words":    {"text/html", "<p>Your <a href=/i>Inbox</a> and <a href=/r>Reports</a>", []string{"Your Inbox and Reports"}},
		"xhtml":             {"application/xhtml+xml", `<?xml version="1.0"?><html><body><p>hi</p></body></html>`, []string{"hi"}},
	} {
		hop := transcript.Hop{URL: "https://sp.example/"}
		browser.Observe(&hop, http.Header{"Content-Type": {c.contentType}}, []byte(c.body))
		assert.Equal(t, c.blocks, hop.Blocks, name)
		assert.Empty(t, hop.Error, name)
		assert.Equal(t, int64(len(c.body)), hop.Size, name)
	}
}

// TestObserveIsBounded: a page may be as large as it likes, the record not.
func TestObserveIsBounded(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 5000 {
		b.WriteString("<p>" + strings.Repeat("word ", 200) + "<a href=/" + strings.Repeat("x", i%9+1) + string(rune('a'+i%26)) + ">x</a>")
		b.WriteString("<form><input name=a></form>")
	}
	hop := transcript.Hop{URL: "https://sp.example/"}
	browser.Observe(&hop, http.Header{"Content-Type": {"text/html"}}, []byte(b.String()))
	stored, err := json.Marshal(hop)
	require.NoError(t, err)
	assert.Less(t, len(stored), 300_000)
	assert.Len(t, hop.Blocks, 400)
	assert.Len(t, hop.Forms, 40)
}

func TestObserveTooDeep(t *testing.T) {
	t.Parallel()
	hop := transcript.Hop{URL: "https://sp.example/"}
	browser.Observe(&hop, http.Header{"Content-Type": {"text/html"}}, []byte(strings.Repeat("<div>", 5000)+"hi"))
	assert.True(t, strings.HasPrefix(hop.Error, browser.Unread) || len(hop.Blocks) == 1, "read or said to be unread: %q", hop.Error)
}

func FuzzObserve(f *testing.F) {
	page, err := os.ReadFile("testdata/dashboard.html")
	require.NoError(f, err)
	answer, err := os.ReadFile("testdata/me.json")
	require.NoError(f, err)
	f.Add("https://sp.example/x?a=b#c", "text/html", page)
	f.Add("https://sp.example/x?a=b#c", "application/json", answer)
	f.Add("", "", []byte("<form action=''><input type=hidden name=SAMLResponse value=x></form><script>document.forms[0].submit()</script>"))
	f.Add("http://[::1", "text/html", []byte("<table><svg><p><select><template><frameset>\xff\xfe"))
	f.Add("%zz#%zz?%zz", "text/plain", []byte("{[}"))
	f.Add("x", "application/json", []byte("]}[[[[{\"a\":{\"b\":[1,{}]}}"))
	f.Fuzz(func(t *testing.T, at, contentType string, body []byte) {
		hop := transcript.Hop{URL: at}
		header := http.Header{"Content-Type": {contentType}, "Location": {at}, "Refresh": {"0;url=" + at}}
		browser.Observe(&hop, header, body)
		if u, err := url.Parse(at); err == nil {
			_, _ = browser.Next(browser.Answer{URL: u, Method: "POST", Status: 200 + len(body)%120, Header: header, Body: body, Follow: "http"})
		}
		if again := browser.CutURL(hop.URL); again != hop.URL {
			t.Errorf("cut twice: %q, then %q", hop.URL, again)
		}
		if _, err := json.Marshal(hop); err != nil {
			t.Error(err)
		}
	})
}
