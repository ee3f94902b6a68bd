package target

import (
	"net/url"
	"regexp"
)

var headerName = regexp.MustCompile("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$") // a token of RFC 9110, 5.6.2

// checkWay looks at what stands between us and the service provider: a page to
// fill in, a gate, certificates, a proxy.
func (t *Target) checkWay(d *decoder) {
	at := func(key, format string, a ...any) { d.bad(t.Line(key), format, a...) }
	if l := t.SP.Login; l != nil && len(l.Fill) > 0 && (len(l.Form) > 0 || l.JSON != nil || l.Method == "POST") {
		at("sp.login", "sp.login: fill opens the page at url, and its own form says how it is sent: leave out form, json and method")
	}
	if t.SP.CA != "" {
		t.mustExist(d, "sp.ca", t.SP.CA)
	}
	for name := range t.SP.Headers {
		if !headerName.MatchString(name) {
			at("sp.headers."+name, "sp.headers: %q is no header's name", name)
		}
	}
	if t.Proxy == "" {
		return
	}
	u, err := url.Parse(t.Proxy)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		at("proxy", "proxy: %q is not an http(s) URL", t.Proxy)
		return
	}
	if password, ok := u.User.Password(); ok {
		t.hide(password)
	}
}
