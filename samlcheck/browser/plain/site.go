package plain

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// sites knows which addresses belong together.
type sites struct {
	idp      []string // host[:port], lower case: foreign to everything else
	loopback []string // further host names that count as this machine
}

func newSites(idpHosts, loopback []string) sites {
	s := sites{loopback: lowered(loopback)}
	for _, h := range idpHosts {
		s.idp = append(s.idp, strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(h), ":443"), ":80"))
	}
	return s
}

func lowered(in []string) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = strings.ToLower(s)
	}
	return out
}

// hostPort is the address's host with the port, where it is not the scheme's own.
func hostPort(u *url.URL) string {
	h := strings.ToLower(u.Host)
	switch u.Scheme {
	case "https":
		h = strings.TrimSuffix(h, ":443")
	case "http":
		h = strings.TrimSuffix(h, ":80")
	}
	return strings.TrimSuffix(h, ":")
}

func hostOf(u *url.URL) string { return strings.TrimSuffix(strings.ToLower(u.Hostname()), ".") }

// origin is scheme, host and port.
func origin(u *url.URL) string { return u.Scheme + "://" + hostPort(u) }

func (s sites) atIdP(u *url.URL) bool { return slices.Contains(s.idp, hostPort(u)) }

// jarOf names the part of the jar that an address sees. A mock IdP on another
// port of the service provider's own host would otherwise share its cookies,
// which no real IdP does.
func (s sites) jarOf(u *url.URL) string {
	if s.atIdP(u) {
		return hostPort(u)
	}
	return ""
}

// site is what SameSite compares: scheme and registrable domain, and for
// numbers and single names the host.
func (s sites) site(u *url.URL) string {
	at := u.Scheme + "://" + registrable(hostOf(u))
	if s.atIdP(u) {
		return "idp " + at
	}
	return at
}

func (s sites) sameSite(a, b *url.URL) bool { return s.site(a) == s.site(b) }

func registrable(host string) string {
	if net.ParseIP(host) != nil {
		return host
	}
	if d, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return d
	}
	return host
}

// trusted is an address that may set and see Secure cookies: https, or this
// machine.
func (s sites) trusted(u *url.URL) bool {
	if u.Scheme == "https" {
		return true
	}
	host := hostOf(u)
	if ip := net.ParseIP(host); ip != nil {
		return ip.IsLoopback()
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || slices.Contains(s.loopback, host)
}
