package chromium

import (
	"net"
	"net/url"
	"slices"
	"strings"
)

// hosts is a list of host names, with or without ports, in lower case.
type hosts []string

func newHosts(list []string) hosts {
	var out hosts
	for _, h := range list {
		h = strings.ToLower(h)
		out = append(out, strings.TrimSuffix(strings.TrimSuffix(h, ":443"), ":80"))
	}
	return out
}

// holds says whether an address's host and port are in the list.
func (h hosts) holds(u *url.URL) bool { return slices.Contains(h, hostPort(u)) }

// names says whether an address's host is in the list, at whatever port, or is
// this machine.
func (h hosts) names(u *url.URL) bool {
	name := strings.ToLower(u.Hostname())
	return loopback(name) || slices.ContainsFunc(h, func(e string) bool { return nameOf(e) == name })
}

// resolverRules keep every other name from being looked up at all, whatever
// part of Chromium wants it.
func (h hosts) resolverRules() string {
	rules := []string{"MAP * ~NOTFOUND", "EXCLUDE localhost", "EXCLUDE *.localhost", "EXCLUDE 127.*", "EXCLUDE [::1]"}
	for _, e := range h {
		rules = append(rules, "EXCLUDE "+bracketed(nameOf(e)))
	}
	return strings.Join(rules, ",")
}

func bracketed(name string) string {
	if strings.Contains(name, ":") {
		return "[" + name + "]"
	}
	return name
}

func nameOf(host string) string {
	u := url.URL{Host: host}
	return u.Hostname()
}

func hostPort(u *url.URL) string {
	h := strings.ToLower(u.Host)
	switch u.Scheme {
	case "https":
		return strings.TrimSuffix(h, ":443")
	case "http":
		return strings.TrimSuffix(h, ":80")
	}
	return h
}

func loopback(name string) bool {
	ip := net.ParseIP(name)
	return ip != nil && ip.IsLoopback() || name == "localhost" || strings.HasSuffix(name, ".localhost")
}

func origin(u *url.URL) string { return u.Scheme + "://" + hostPort(u) }
