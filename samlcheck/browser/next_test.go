package browser_test

import (
	"html"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
)

func answer(t *testing.T, at string, status int, header http.Header, contentType, body string) browser.Answer {
	t.Helper()
	u, err := url.Parse(at)
	require.NoError(t, err)
	if header == nil {
		header = http.Header{}
	}
	header.Set("Content-Type", contentType)
	return browser.Answer{URL: u, Method: http.MethodGet, Status: status, Header: header, Body: []byte(body)}
}

func TestNextRedirect(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		method   string
		status   int
		location string
		want     string // method and address; "" rests
		again    bool
	}{
		"302":                      {"GET", 302, "/b?c=d", "GET https://sp.example/b?c=d#frag", false},
		"its own fragment":         {"GET", 302, "/b#mine", "GET https://sp.example/b#mine", false},
		"another host":             {"GET", 301, "https://x.example", "GET https://x.example#frag", false},
		"302 of a POST":            {"POST", 302, "/b", "GET https://sp.example/b#frag", false},
		"301 of a POST":            {"POST", 301, "/b", "GET https://sp.example/b#frag", false},
		"303 of a POST":            {"POST", 303, "/b", "GET https://sp.example/b#frag", false},
		"307 of a POST":            {"POST", 307, "/b", "POST https://sp.example/b#frag", true},
		"308 of a POST":            {"POST", 308, "//x.example/b", "POST https://x.example/b#frag", true},
		"303 of a PUT":             {"PUT", 303, "/b", "GET https://sp.example/b#frag", false},
		"no address":               {"GET", 302, "", "", false},
		"304":                      {"GET", 304, "/b", "", false},
		"201 with a location":      {"POST", 201, "/b", "", false},
		"200 with a location":      {"GET", 200, "/b", "", false},
		"relative to the document": {"GET", 302, "next", "GET https://sp.example/a/next#frag", false},
	} {
		a := answer(t, "https://sp.example/a/x?y=z#frag", c.status, http.Header{"Location": {c.location}}, "text/html", "")
		a.Method = c.method
		m, err := browser.Next(a)
		require.NoError(t, err, name)
		if c.want == "" {
			assert.Nil(t, m, name)
			continue
		}
		require.NotNil(t, m, name)
		assert.Equal(t, c.want, m.Method+" "+m.URL.String(), name)
		assert.Equal(t, "redirect", m.Because, name)
		assert.Equal(t, c.again, m.Again, name)
	}
	for _, location := range []string{"myapp://done?token=x", "javascript:alert(1)", "http://[::1", "https:///nohost"} {
		_, err := browser.Next(answer(t, "https://sp.example/", 302, http.Header{"Location": {location}}, "text/html", ""))
		assert.ErrorContains(t, err, browser.Astray, location)
	}
}

func TestNextRefresh(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"0; url=/b":         "https://sp.example/b",
		"0;URL='/b?x=y'":    "https://sp.example/b?x=y",
		`3 , url = "next"`:  "https://sp.example/a/next",
		"0;/b":              "https://sp.example/b",
		"2.5;url=/b":        "https://sp.example/b",
		"3.5;url=/b":        "",
		"30;url=/b":         "",
		"0":                 "",
		"0;url=":            "",
		"0;url=/a/x":        "", // itself
		"0;url=mailto:a@b":  "",
		"nonsense":          "",
		"99999999999;url=b": "",
	} {
		page := `<html><head><META HTTP-EQUIV="Refresh" content="` + html.EscapeString(content) + `"></head><p>wait</p>`
		for i, a := range []browser.Answer{
			answer(t, "https://sp.example/a/x", 200, nil, "text/html", page),
			answer(t, "https://sp.example/a/x", 403, http.Header{"Refresh": {content}}, "text/html", "<p>wait</p>"),
		} {
			m, err := browser.Next(a)
			require.NoError(t, err)
			if want == "" {
				assert.Nil(t, m, "%d %s", i, content)
				continue
			}
			require.NotNil(t, m, "%d %s", i, content)
			assert.Equal(t, []string{"refresh", "GET", want}, []string{m.Because, m.Method, m.URL.String()}, content)
		}
	}
	m, err := browser.Next(answer(t, "https://sp.example/", 200, nil, "text/html", `<noscript><meta http-equiv=refresh content="0;url=/nojs"></noscript>`))
	require.NoError(t, err)
	assert.Nil(t, m, "noscript is for browsers without scripts")
}

func TestNextJSON(t *testing.T) {
	t.Parallel()
	body := `{"ok":true,"help":"https://docs.example","data":{"urls":["https://idp.example/sso?SAMLRequest=a%2Bb"]}}`
	a := answer(t, "https://sp.example/api/login", 200, nil, "application/json", body)
	m, err := browser.Next(a)
	require.NoError(t, err)
	assert.Nil(t, m, "nobody said what to follow")
	a.Follow = "https://idp.example/sso"
	m, err = browser.Next(a)
	require.NoError(t, err)
	require.NotNil(t, m)
	assert.Equal(t, "json GET https://idp.example/sso?SAMLRequest=a%2Bb", m.Because+" "+m.Method+" "+m.URL.String())
	a.Follow = "https://other.example/"
	m, err = browser.Next(a)
	require.NoError(t, err)
	assert.Nil(t, m)
}
