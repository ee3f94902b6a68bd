package plain

import (
	"cmp"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"

	"example.com/samepage/samlcheck/browser"
)

const (
	// laxPost is how long a cookie without SameSite still goes with another
	// site's POST (Chrome's "Lax+POST").
	laxPost = 2 * time.Minute
	// longest is how long any cookie is kept (RFC 6265bis 5.5).
	longest = 400 * 24 * time.Hour
	// most is how many cookies the jar holds; the oldest goes first.
	most = 1000
)

// jar keeps cookies as a present-day browser does (RFC 6265bis, with Chrome's
// treatment of cookies that name no SameSite). net/http/cookiejar knows nothing
// of SameSite: it would send a state cookie that a real browser keeps back, and
// a login would work here that works nowhere else.
type jar struct {
	sites   sites
	cookies []*cookie // in order of creation
}

// key is a cookie's identity.
type key struct {
	part, name, domain, path string
	hostOnly, refused        bool
}

type cookie struct {
	key
	value           string
	created         time.Time
	ends            time.Time // zero: the end of the browser
	sameSite        string    // None, Lax, Strict; "" is Lax with the two minutes' grace
	secure, trusted bool      // trusted: set over a connection that may set Secure cookies
}

// how is the navigation that a request belongs to.
type how struct {
	from *url.URL // the page that began it; nil when the user did
	safe bool     // GET or HEAD
	now  time.Time
}

// set stores one cookie of an answer, or refuses it. What SameSite and Secure
// refuse is remembered only so that withheld can name it.
func (j *jar) set(at *url.URL, sc browser.SetCookie, now time.Time) {
	host := hostOf(at)
	c := &cookie{value: sc.Value, created: now, ends: sc.Ends(now), sameSite: sc.SameSite, secure: sc.Secure, trusted: j.sites.trusted(at)}
	if c.ends.After(now.Add(longest)) {
		c.ends = now.Add(longest)
	}
	domain, hostOnly, ok := scope(host, sc.Domain)
	if !ok || !prefixHolds(sc, c.trusted) {
		return
	}
	c.key = key{part: j.sites.jarOf(at), name: sc.Name, domain: domain, hostOnly: hostOnly, path: sc.Path}
	if c.path == "" {
		c.path = defaultPath(at)
	}
	c.refused = c.secure && !c.trusted || c.sameSite == "None" && !c.secure
	if !c.refused && !c.secure && !c.trusted && j.shadowsSecure(c) {
		return
	}
	j.store(c, now)
}

func (j *jar) store(c *cookie, now time.Time) {
	if i := slices.IndexFunc(j.cookies, func(o *cookie) bool { return o.key == c.key }); i >= 0 {
		old := j.cookies[i]
		if old.value == c.value && !old.ended(now) {
			c.created = old.created // the two minutes do not begin anew
		}
		j.cookies[i] = c
	} else {
		j.cookies = append(j.cookies, c)
	}
	ghost := c.key
	ghost.refused = true
	j.cookies = slices.DeleteFunc(j.cookies, func(o *cookie) bool {
		return o.ended(now) || !c.refused && o.key == ghost // replaced by one that is kept
	})
	if len(j.cookies) > most {
		j.cookies = slices.Delete(j.cookies, 0, len(j.cookies)-most)
	}
}

// shadowsSecure says that a cookie from an open connection would hide a Secure
// one of the same name (RFC 6265bis 5.7, "leave Secure cookies alone").
func (j *jar) shadowsSecure(c *cookie) bool {
	return slices.ContainsFunc(j.cookies, func(o *cookie) bool {
		return o.secure && !o.refused && o.part == c.part && o.name == c.name && pathMatches(c.path, o.path) &&
			(domainMatches(o.domain, c.domain) || domainMatches(c.domain, o.domain))
	})
}

// get is what a request to this address carries, longer paths first, and the
// names of the cookies that would have matched but for SameSite or Secure.
func (j *jar) get(to *url.URL, h how) (sent []*cookie, withheld []string) {
	for _, c := range j.cookies {
		switch {
		case !c.matches(to, j.sites.jarOf(to)) || c.ended(h.now):
		case c.refused || c.secure && !j.sites.trusted(to) || !j.crosses(c, to, h):
			withheld = append(withheld, c.name)
		default:
			sent = append(sent, c)
		}
	}
	slices.SortStableFunc(sent, func(a, b *cookie) int {
		return cmp.Or(cmp.Compare(len(b.path), len(a.path)), a.created.Compare(b.created))
	})
	slices.Sort(withheld)
	withheld = slices.Compact(withheld)
	return sent, slices.DeleteFunc(withheld, func(name string) bool {
		return slices.ContainsFunc(sent, func(c *cookie) bool { return c.name == name })
	})
}

// crosses says whether SameSite lets the cookie go with a navigation that this
// page began. Only the page that began it counts, not the redirects after it:
// so do browsers.
func (j *jar) crosses(c *cookie, to *url.URL, h how) bool {
	if h.from == nil || j.sites.sameSite(h.from, to) {
		return true
	}
	switch c.sameSite {
	case "None":
		return true
	case "Strict":
		return false
	case "Lax":
		return h.safe
	}
	return h.safe || h.now.Sub(c.created) <= laxPost
}

func (c *cookie) ended(now time.Time) bool { return !c.ends.IsZero() && !c.ends.After(now) }

func (c *cookie) matches(to *url.URL, part string) bool {
	host := hostOf(to)
	if c.part != part || c.hostOnly && c.domain != host || !c.hostOnly && !domainMatches(host, c.domain) {
		return false
	}
	path := to.EscapedPath()
	if path == "" {
		path = "/"
	}
	return pathMatches(path, c.path)
}

// scope is whom the cookie goes to; false when the host may not set it.
func scope(host, domain string) (string, bool, bool) {
	if domain == "" {
		return host, true, true
	}
	if net.ParseIP(host) != nil {
		return host, true, domain == host
	}
	if suffix, _ := publicsuffix.PublicSuffix(domain); suffix == domain {
		return host, true, domain == host // nobody speaks for a whole public suffix
	}
	return domain, false, domainMatches(host, domain)
}

// prefixHolds obeys the names that promise something (RFC 6265bis 4.1.3).
func prefixHolds(sc browser.SetCookie, trusted bool) bool {
	name := strings.ToLower(sc.Name)
	switch {
	case strings.HasPrefix(name, "__secure-"):
		return sc.Secure && trusted
	case strings.HasPrefix(name, "__host-"):
		return sc.Secure && trusted && sc.Domain == "" && sc.Path == "/"
	}
	return true
}

func domainMatches(host, domain string) bool {
	return host == domain || strings.HasSuffix(host, "."+domain) && net.ParseIP(host) == nil
}

func pathMatches(path, cookiePath string) bool {
	return path == cookiePath || strings.HasPrefix(path, cookiePath) &&
		(strings.HasSuffix(cookiePath, "/") || path[len(cookiePath)] == '/')
}

func defaultPath(at *url.URL) string {
	path := at.EscapedPath()
	if i := strings.LastIndexByte(path, '/'); i > 0 {
		return path[:i]
	}
	return "/"
}
