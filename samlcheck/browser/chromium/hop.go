package chromium

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/transcript"
)

// hop is one request of the navigation, with what came back as it was.
type hop struct {
	transcript.Hop // not yet observed: the URL is the real one
	id             network.RequestID
	at             *url.URL
	nth            int // which of the id's requests that went out; -1: it did not
	began, ended   time.Time
	answer
	answered bool
	bodyless bool   // nobody reads its body
	follows  bool   // its JSON answer names where to go on
	failed   string // Chromium's word: net::ERR_...
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte // nil until it was read
	cut    bool   // it is longer than is read
	err    string // in the words of package browser
}

// extras are what Chromium's network code tells about the requests of one id,
// one entry for every redirect.
type extras struct {
	out  int // hops that went out
	sent []*network.EventRequestWillBeSentExtraInfo
	got  []*network.EventResponseReceivedExtraInfo
}

// observed makes the record of the visit. It is called once.
func (v *visit) observed() []transcript.Hop {
	var out []transcript.Hop
	for _, h := range v.hops {
		v.complete(h)
		drawn := h == v.last() && v.rest != nil && h.failed == "" && h.Error == ""
		if !drawn {
			browser.Observe(&h.Hop, h.header, h.body)
			out = append(out, h.Hop)
			continue
		}
		if moved := v.rest.Href; moved != h.URL && webAddress(moved) {
			// The page's script has changed the address without loading another page.
			routed := transcript.Hop{
				Method: http.MethodGet, URL: moved, Because: "script", AtIdP: h.AtIdP, Status: h.Status,
				Fetches: h.Fetches, Console: h.Console, Blocked: h.Blocked, Screen: h.Screen,
			}
			h.Fetches, h.Console, h.Blocked, h.Screen = nil, nil, nil, ""
			browser.Observe(&h.Hop, h.header, h.body)
			browser.ObserveDrawn(&routed, http.Header{"Content-Type": h.header.Values("Content-Type")}, h.body, v.rest.drawn())
			return append(out, h.Hop, routed)
		}
		browser.ObserveDrawn(&h.Hop, h.header, h.body, v.rest.drawn())
		out = append(out, h.Hop)
	}
	return out
}

func webAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// complete fills in what only Chromium's network code knows.
func (v *visit) complete(h *hop) {
	h.Status, h.Truncated = h.status, h.cut
	if h.Error == "" {
		h.Error = h.err
	}
	if h.Error == "" && h.failed != "" {
		h.Error = v.failure(h)
	}
	x := v.extras[h.id]
	if x == nil || h.nth < 0 {
		return
	}
	if h.nth < len(x.got) {
		got := x.got[h.nth]
		h.header = headers(got.Headers)
		v.b.keepRefused(h.at, got)
	}
	if h.nth < len(x.sent) {
		h.Withheld = v.b.withheld(h.at, x.sent[h.nth])
	}
}

// headers reads Chromium's: several of one name are joined by line ends.
func headers(in network.Headers) http.Header {
	out := http.Header{}
	for name, value := range in {
		for line := range strings.SplitSeq(fmt.Sprint(value), "\n") {
			out.Add(name, line)
		}
	}
	return out
}

func entries(in []*fetch.HeaderEntry) http.Header {
	out := http.Header{}
	for _, e := range in {
		out.Add(e.Name, e.Value)
	}
	return out
}

// keepsBack are the reasons for which a cookie of the right place stays away.
func keepsBack(reason string) bool {
	return reason == "SecureOnly" || strings.Contains(reason, "SameSite")
}

// withheld names the cookies that would have gone along but for SameSite or
// Secure, those included that were never stored for that reason.
func (b *Browser) withheld(at *url.URL, x *network.EventRequestWillBeSentExtraInfo) []string {
	var out, sent []string
	for _, c := range x.AssociatedCookies {
		back := false
		for _, reason := range c.BlockedReasons {
			back = back || keepsBack(string(reason))
		}
		switch {
		case back:
			out = append(out, c.Cookie.Name)
		case len(c.BlockedReasons) == 0:
			sent = append(sent, c.Cookie.Name)
		}
	}
	for name := range b.refused[at.Hostname()] {
		out = append(out, name)
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(name string) bool { return slices.Contains(sent, name) })
}

// keepRefused remembers cookies that were not stored because of SameSite or
// Secure, until one of the name is.
func (b *Browser) keepRefused(at *url.URL, x *network.EventResponseReceivedExtraInfo) {
	of := b.refused[at.Hostname()]
	if of == nil {
		of = map[string]bool{}
		b.refused[at.Hostname()] = of
	}
	for _, line := range headers(x.Headers).Values("Set-Cookie") {
		if c, ok := browser.ParseSetCookie(line); ok {
			delete(of, c.Name)
		}
	}
	for _, c := range x.BlockedCookies {
		parsed, ok := browser.ParseSetCookie(c.CookieLine)
		for _, reason := range c.BlockedReasons {
			if ok && keepsBack(string(reason)) {
				of[parsed.Name] = true
			}
		}
	}
}
