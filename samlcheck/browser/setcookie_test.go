package browser_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/transcript"
)

func TestParseSetCookie(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]browser.SetCookie{
		`sid=a b"c; Path=/x; HttpOnly; SECURE; samesite=none`: {Name: "sid", Value: `a b"c`, Path: "/x", HTTPOnly: true, Secure: true, SameSite: "None"},
		`a=b=c; Domain=.Sp.Example; SameSite=whatever`:        {Name: "a", Value: "b=c", Domain: "sp.example"},
		`a=b; Max-Age=60; Max-Age=x`:                          {Name: "a", Value: "b", HasMaxAge: true, MaxAge: time.Minute},
		`a=b; Max-Age=-5`:                                     {Name: "a", Value: "b", HasMaxAge: true},
		`a=b; path=relative`:                                  {Name: "a", Value: "b"},
		`value`:                                               {Value: "value"},
		`a=; Expires=Thu, 01-Jan-1970 00:00:00 GMT`:           {Name: "a", Expires: time.Unix(0, 0).UTC()},
		`a=b; Expires=Tue, 24 Nov 2026 16:00:00 GMT`:          {Name: "a", Value: "b", Expires: time.Date(2026, 11, 24, 16, 0, 0, 0, time.UTC)},
	} {
		got, ok := browser.ParseSetCookie(line)
		assert.True(t, ok, line)
		assert.Equal(t, want, got, line)
	}
	for _, line := range []string{"", " = ", "a=b\x00c", "a=" + strings.Repeat("x", 4100)} {
		_, ok := browser.ParseSetCookie(line)
		assert.False(t, ok, "%.20q", line)
	}
}

func TestObservedCookies(t *testing.T) {
	t.Parallel()
	id := shapes(1)[4]
	observe := func(date string) []transcript.Cookie {
		h := http.Header{"Set-Cookie": {
			"sid=" + id + "; Path=/; HttpOnly; Secure; SameSite=Lax",
			"lang=en", "lang=en", "lang=de",
			"gone=x; Max-Age=0", "empty=", `quoted=""`, "old=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
			"past=x; Expires=Mon, 01 Jun 2026 00:00:00 GMT", "stays=x; Max-Age=9; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
			"signed=s%3A" + id + ".abc",
		}}
		if date != "" {
			h.Set("Date", date)
		}
		var hop transcript.Hop
		browser.Observe(&hop, h, nil)
		return hop.Cookies
	}
	x := browser.Digest("x")
	got := observe("Tue, 24 Nov 2026 16:00:00 GMT")
	assert.Equal(t, []transcript.Cookie{
		{Name: "sid", Digest: browser.Digest(id), Token: true, Path: "/", HTTPOnly: true, Secure: true, SameSite: "Lax"},
		{Name: "lang", Digest: browser.Digest("en")}, {Name: "lang", Digest: browser.Digest("en")}, {Name: "lang", Digest: browser.Digest("de")},
		{Name: "gone", Deleted: true}, {Name: "empty", Deleted: true}, {Name: "quoted", Deleted: true}, {Name: "old", Deleted: true},
		{Name: "past", Deleted: true}, {Name: "stays", Digest: x},
		{Name: "signed", Digest: browser.Digest("s%3A" + id + ".abc"), Token: true},
	}, got)
	assert.Equal(t, transcript.Cookie{Name: "past", Digest: x}, observe("")[8], "without a Date nobody knows whether June 2026 is past")
	assert.True(t, observe("")[7].Deleted, "1970 is always past")
}

func FuzzSetCookie(f *testing.F) {
	for _, s := range []string{
		"sid=abc; Path=/; HttpOnly; Secure; SameSite=Lax", "a=b; Expires=Thu, 01-Jan-1970 00:00:00 GMT; Max-Age=99999999999999999999",
		"=;;;=;", "a", "__Host-x=y; Secure; Path=/", "a=b; Domain=....", "\xff=\xfe; path=/\x80",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		c, ok := browser.ParseSetCookie(line)
		if !ok {
			return
		}
		if c.Path != "" && !strings.HasPrefix(c.Path, "/") {
			t.Errorf("path %q is not absolute", c.Path)
		}
		if c.Name == "" && c.Value == "" {
			t.Error("a cookie of nothing")
		}
		var hop transcript.Hop
		browser.Observe(&hop, http.Header{"Set-Cookie": {line}}, nil)
		if len(hop.Cookies) != 1 {
			t.Errorf("%d cookies observed of %q", len(hop.Cookies), line)
		}
	})
}
