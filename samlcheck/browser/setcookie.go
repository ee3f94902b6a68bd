package browser

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"example.com/samepage/samlcheck/transcript"
)

// Limits of RFC 6265bis, section 5.6, in bytes.
const (
	maxCookie    = 4096
	maxAttribute = 1024
)

// SetCookie is one Set-Cookie header as a browser reads it (RFC 6265bis 5.6).
type SetCookie struct {
	Name, Value string
	Path        string        // "" when not given or not absolute
	Domain      string        // lower case, without leading dot; "" when not given
	HasMaxAge   bool          // MaxAge was given and wins over Expires
	MaxAge      time.Duration // zero and less: at once
	Expires     time.Time     // zero when not given or unreadable
	SameSite    string        // None, Lax, Strict; "" when not given or unknown
	Secure      bool
	HTTPOnly    bool
}

// ParseSetCookie reads a header line leniently, as browsers do; false is a line
// that they throw away. net/http's reader is stricter and would lose cookies.
func ParseSetCookie(line string) (SetCookie, bool) {
	for i := range len(line) {
		if b := line[i]; b < 0x20 && b != '\t' || b == 0x7f {
			return SetCookie{}, false
		}
	}
	first, rest, _ := strings.Cut(line, ";")
	name, value, has := strings.Cut(first, "=")
	if !has {
		name, value = "", first
	}
	c := SetCookie{Name: strings.Trim(name, " \t"), Value: strings.Trim(value, " \t")}
	if c.Name == "" && c.Value == "" || len(c.Name)+len(c.Value) > maxCookie {
		return SetCookie{}, false
	}
	for rest != "" {
		var attribute string
		attribute, rest, _ = strings.Cut(rest, ";")
		key, value, _ := strings.Cut(attribute, "=")
		if value = strings.Trim(value, " \t"); len(value) <= maxAttribute {
			c.attribute(strings.ToLower(strings.Trim(key, " \t")), value)
		}
	}
	return c, true
}

func (c *SetCookie) attribute(key, value string) {
	switch key {
	case "secure":
		c.Secure = true
	case "httponly":
		c.HTTPOnly = true
	case "path":
		c.Path = ""
		if strings.HasPrefix(value, "/") {
			c.Path = value
		}
	case "domain":
		c.Domain = strings.ToLower(strings.TrimPrefix(value, "."))
	case "samesite":
		c.SameSite = ""
		for _, known := range []string{"None", "Lax", "Strict"} {
			if strings.EqualFold(value, known) {
				c.SameSite = known
			}
		}
	case "max-age":
		c.maxAge(value)
	case "expires":
		c.expires(value)
	}
}

func (c *SetCookie) maxAge(value string) {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return
	}
	const most = 400 * 24 * 60 * 60 // seconds: no browser keeps a cookie longer
	c.HasMaxAge, c.MaxAge = true, time.Duration(min(max(n, 0), most))*time.Second
}

func (c *SetCookie) expires(value string) {
	for _, layout := range []string{
		time.RFC1123, "Mon, 02-Jan-2006 15:04:05 MST", time.RFC850, time.ANSIC, time.RFC1123Z,
		"Mon, 2 Jan 2006 15:04:05 MST", "Mon, 02-Jan-06 15:04:05 MST", "02 Jan 2006 15:04:05 MST",
	} {
		if t, err := time.Parse(layout, value); err == nil {
			c.Expires = t.UTC()
			return
		}
	}
}

// Ends says when the cookie goes; a zero time is the end of the browser.
func (c SetCookie) Ends(now time.Time) time.Time {
	if c.HasMaxAge {
		return now.Add(c.MaxAge)
	}
	return c.Expires
}

// observed is the cookie as the record holds it. now is the answer's Date; a
// zero now, when it has none, makes only an ancient Expires a deletion.
func (c SetCookie) observed(now time.Time) transcript.Cookie {
	if now.IsZero() {
		now = time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	ends := c.Ends(now)
	out := transcript.Cookie{
		Name: c.Name, Path: c.Path, SameSite: c.SameSite, Secure: c.Secure, HTTPOnly: c.HTTPOnly,
		Deleted: unquote(c.Value) == "" || !ends.IsZero() && !ends.After(now),
	}
	if !out.Deleted {
		out.Digest, out.Token = Digest(c.Value), tokenInside(c.Value)
	}
	return out
}

// tokenInside also finds the token of a signed cookie (s%3Aid.signature).
func tokenInside(value string) bool {
	plain := unquote(unescape(value))
	return TokenLike(plain) || cut(plain, true) != plain
}

func unquote(s string) string { return strings.Trim(s, `"`) }

// cookies reads every Set-Cookie of an answer, in order.
func cookies(header http.Header) []transcript.Cookie {
	now, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		now = time.Time{}
	}
	var out []transcript.Cookie
	for _, line := range header.Values("Set-Cookie") {
		if c, ok := ParseSetCookie(line); ok && len(out) < maxCookies {
			out = append(out, c.observed(now))
		}
	}
	return out
}
