package capture

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/transcript"
)

// most is how many pages of one capture are kept: a day's recording must not
// fill the memory.
const most = 5000

// trace gathers the navigations of a capture, in order. Of a page only what
// package browser observes is kept.
type trace struct {
	o       Options
	pages   []*seen
	set     map[string][]transcript.Cookie // by host, what it has set so far
	brought map[string]bool                // hosts to which a cookie was seen to be brought
	asked   bool                           // some request was seen to bring a cookie
	dropped int
}

// seen is one navigation.
type seen struct {
	hop     transcript.Hop
	raw     string // its URL, uncut
	to      string // where it redirects, resolved
	from    string // host that it was sent from, by Origin or Referer
	began   time.Time
	took    int64
	request *transcript.Message // an AuthnRequest, as it went over the wire
	answer  *transcript.Message // a Response
	odd     string              // a message that could not be read, and why
}

func newTrace(o Options) *trace {
	return &trace{o: o, set: map[string][]transcript.Cookie{}, brought: map[string]bool{}}
}

// add takes one request, if it is a navigation or carries a message.
func (t *trace) add(x exchange) {
	u, err := url.Parse(x.url)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return
	}
	s := &seen{raw: x.url, began: x.began, took: x.took, from: origin(x.asked)}
	s.read(x, u)
	host := strings.ToLower(u.Host)
	names := cookieNames(x)
	if len(names) > 0 {
		t.asked, t.brought[host] = true, true
	}
	carries := s.request != nil || s.answer != nil || s.odd != ""
	if !carries && !navigates(x) {
		t.remember(host, cookiesOf(x.given))
		return
	}
	if len(t.pages) >= most {
		t.dropped++
		return
	}
	s.to = target(x, u)
	s.hop = t.hop(s, x, host, names)
	t.remember(host, s.hop.Cookies)
	t.pages = append(t.pages, s)
}

// target is where the answer redirects; "" for none.
func target(x exchange, at *url.URL) string {
	if x.to == "" || x.status < 300 || x.status >= 400 {
		return ""
	}
	to, err := at.Parse(x.to)
	if err != nil {
		return ""
	}
	return to.String()
}

// hop is what is kept of a page.
func (t *trace) hop(s *seen, x exchange, host string, brought []string) transcript.Hop {
	h := transcript.Hop{Method: x.method, URL: x.url, Status: x.status, Error: x.failed, Because: t.because(s, x)}
	for _, f := range x.form() {
		h.Posted = append(h.Posted, f.Name)
	}
	if s.answer != nil && len(h.Posted) == 0 && s.answer.Binding == "HTTP-POST" {
		h.Posted = []string{"SAMLResponse"}
	}
	if s.answer != nil {
		h.Withheld = t.withheld(host, brought)
	}
	browser.Observe(&h, headers(x), x.body)
	h.Blocks = append(h.Blocks, hidden(x.body)...)
	return h
}

// navigates says whether a browser shows the answer as a page of its own.
func navigates(x exchange) bool {
	switch {
	case x.page:
		return true
	case x.sub:
		return false
	}
	if mode := header(x.asked, "Sec-Fetch-Mode"); mode != "" {
		return strings.EqualFold(mode, "navigate")
	}
	if header(x.asked, "X-Requested-With") != "" {
		return false
	}
	if accept := header(x.asked, "Accept"); accept != "" {
		return strings.HasPrefix(accept, "text/html")
	}
	return strings.Contains(strings.ToLower(x.kind), "html") || x.status >= 300 && x.status < 400 && x.to != ""
}

// because says why the browser went there, by the pages before.
func (t *trace) because(s *seen, x exchange) string {
	here := strings.SplitN(x.url, "#", 2)[0]
	for i := len(t.pages) - 1; i >= max(0, len(t.pages)-8); i-- {
		if to := t.pages[i].to; to != "" && strings.SplitN(to, "#", 2)[0] == here {
			return "redirect"
		}
	}
	switch {
	case x.method == http.MethodPost:
		return "form"
	case s.from != "":
		return "link"
	}
	return "start"
}

func headers(x exchange) http.Header {
	h := http.Header{}
	for _, p := range x.given {
		if strings.HasPrefix(p.Name, ":") {
			continue // HTTP/2's own
		}
		for v := range strings.SplitSeq(p.Value, "\n") { // how Chrome joins several Set-Cookie
			h.Add(p.Name, v)
		}
	}
	if h.Get("Content-Type") == "" && x.kind != "" {
		h.Set("Content-Type", x.kind)
	}
	if h.Get("Location") == "" && x.to != "" {
		h.Set("Location", x.to)
	}
	return h
}

func cookiesOf(given []harPair) []transcript.Cookie {
	var hop transcript.Hop
	browser.Observe(&hop, headers(exchange{given: given}), nil)
	return hop.Cookies
}

func (t *trace) remember(host string, cs []transcript.Cookie) {
	for _, c := range cs {
		t.set[host] = slices.DeleteFunc(t.set[host], func(o transcript.Cookie) bool { return o.Name == c.Name })
		if !c.Deleted {
			t.set[host] = append(t.set[host], c)
		}
	}
}

// withheld are cookies of the host that SameSite kept back. Many exports leave
// cookies out: then nothing can be said.
func (t *trace) withheld(host string, brought []string) []string {
	if !t.asked {
		return nil
	}
	var out []string
	for _, c := range t.set[host] {
		if (c.SameSite == "Lax" || c.SameSite == "Strict") && !slices.Contains(brought, c.Name) {
			out = append(out, c.Name)
		}
	}
	return out
}

func cookieNames(x exchange) []string {
	var out []string
	for _, c := range x.sent {
		out = append(out, c.Name)
	}
	for _, h := range x.asked {
		if !strings.EqualFold(h.Name, "Cookie") {
			continue
		}
		for one := range strings.SplitSeq(h.Value, ";") {
			if name, _, ok := strings.Cut(strings.TrimSpace(one), "="); ok && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

func origin(asked []harPair) string {
	for _, name := range []string{"Origin", "Referer"} {
		if u, err := url.Parse(header(asked, name)); err == nil && u.Host != "" {
			return strings.ToLower(u.Host)
		}
	}
	return ""
}

func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
