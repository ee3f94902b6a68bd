package target

import (
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
)

// check looks at what the file means, once it has been understood.
func (t *Target) check(d *decoder) {
	at := func(key, format string, a ...any) { d.bad(t.Line(key), format, a...) }
	t.checkSP(d)
	for _, u := range t.urls() {
		t.checkURL(d, u.key, u.url)
	}
	t.checkPeople(d)
	t.checkMembers(d)
	if t.Session.Proof != nil && t.Session.Proof.URL == "" {
		at("session.proof", "session.proof: url is missing")
	}
	t.checkVendors(d)
	if t.Name == "" {
		t.Name = or(strings.Join(t.Hosts(), " "), "unnamed")
	}
}

func (t *Target) checkSP(d *decoder) {
	at := func(key, format string, a ...any) { d.bad(t.Line(key), format, a...) } //nolint:unparam // as its likes
	switch {
	case t.SP.Metadata == "" && (t.SP.EntityID == "" || t.SP.ACS == ""):
		at("sp", "sp: give metadata (a file or a URL), or both entity_id and acs")
	case t.SP.Metadata != "" && !isURL(t.SP.Metadata):
		t.mustExist(d, "sp.metadata", t.SP.Metadata)
	}
	if t.SP.Login != nil && t.SP.Login.URL == "" {
		at("sp.login", "sp.login: url is missing")
	}
	if l := t.Session.Logout; l != nil && (l.URL == "" || len(l.Form) > 0 && l.JSON != nil) {
		at("session.logout", "session.logout: give a url, and form or json, not both")
	}
	if t.SP.Login != nil && len(t.SP.Login.Form) > 0 && t.SP.Login.JSON != nil {
		at("sp.login", "sp.login: form and json exclude each other")
	}
	t.checkWay(d)
}

func (t *Target) checkPeople(d *decoder) {
	p := t.People
	if p.Fresh.Domain == "" {
		d.bad(t.Line("people.fresh"), "people.fresh.domain is missing: the domain of people who have never been there, e.g. acme.example")
	} else if strings.ContainsAny(p.Fresh.Domain, "@/ :") || !strings.Contains(p.Fresh.Domain, ".") {
		d.bad(t.Line("people.fresh.domain"), "people.fresh.domain: %q is not a domain such as acme.example", p.Fresh.Domain)
	}
	if p.Known == nil {
		t.warnings = append(t.warnings, t.path+": people.known is missing: without a member who exists already, most answers stay undecided")
		return
	}
	if !address.MatchString(p.Known.Email) {
		d.bad(t.Line("people.known"), "people.known.email: %q is not an e-mail address", p.Known.Email)
	}
}

func (t *Target) checkMembers(d *decoder) {
	if t.Members == nil {
		return
	}
	for _, c := range []struct {
		key string
		is  *Command
	}{{"members.invite", t.Members.Invite}, {"members.disable", t.Members.Disable}, {"members.remove", t.Members.Remove}} {
		if c.is != nil && (len(c.is.Command) == 0 || c.is.Command[0] == "") {
			d.bad(t.Line(c.key), "%s: command is missing: [program, argument, ...]", c.key)
		}
	}
	l := t.Members.List
	if l == nil {
		return
	}
	ways := 0
	for _, given := range []bool{len(l.Command) > 0, l.URL != "", l.File != "", l.Ask} {
		if given {
			ways++
		}
	}
	if ways != 1 {
		d.bad(t.Line("members.list"), "members.list: give exactly one of command, url, file, ask")
	}
	if l.File != "" {
		t.mustExist(d, "members.list.file", l.File)
	}
}

func (t *Target) mustExist(d *decoder, key, file string) {
	if st, err := os.Stat(file); err != nil {
		d.bad(t.Line(key), "%s: no such file: %s", key, file)
	} else if st.IsDir() {
		d.bad(t.Line(key), "%s: %s is a folder", key, file)
	}
}

type place struct{ key, url string }

// urls are the addresses in the file that a run may talk to.
func (t *Target) urls() []place {
	var out []place
	add := func(key, u string) {
		if u != "" {
			out = append(out, place{key, u})
		}
	}
	if isURL(t.SP.Metadata) {
		add("sp.metadata", t.SP.Metadata)
	}
	add("sp.acs", t.SP.ACS)
	if t.SP.Login != nil {
		add("sp.login", t.SP.Login.URL)
	}
	for _, p := range t.Session.Pages {
		add("session.pages", p)
	}
	if t.Session.Proof != nil {
		add("session.proof.url", t.Session.Proof.URL)
	}
	if t.Session.Logout != nil {
		add("session.logout", t.Session.Logout.URL)
	}
	if t.Members != nil && t.Members.List != nil {
		add("members.list.url", t.Members.List.URL)
	}
	return out
}

func (t *Target) checkURL(d *decoder, key, raw string) {
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		d.bad(t.Line(key), "%s: %q is not an http(s) URL", key, raw)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		t.warnings = append(t.warnings, key+": "+raw+" is plain http: anybody on the way can read the logins")
	}
}

// Reach adds URLs of the service provider that its metadata names. A run may
// talk to them, so they count in Hosts and Loopback.
func (t *Target) Reach(urls ...string) { t.reach = append(t.reach, urls...) }

// Hosts are the hosts that a run will talk to, a proxy included, sorted.
func (t *Target) Hosts() []string {
	var out []string
	add := func(raw string) {
		if u, err := url.Parse(raw); err == nil && u.Host != "" && !slices.Contains(out, u.Host) {
			out = append(out, u.Host)
		}
	}
	for _, p := range t.urls() {
		add(p.url)
	}
	for _, u := range t.reach {
		add(u)
	}
	add(t.Proxy)
	slices.Sort(out)
	return out
}

// Origins are where the service provider itself is, sorted: "https://sp.example".
// Its metadata, the members view and a proxy may be somebody else's.
func (t *Target) Origins() []string {
	var out []string
	add := func(raw string) {
		u, err := url.Parse(raw)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return
		}
		if o := u.Scheme + "://" + u.Host; !slices.Contains(out, o) {
			out = append(out, o)
		}
	}
	for _, p := range t.urls() {
		if p.key != "sp.metadata" && p.key != "members.list.url" {
			add(p.url)
		}
	}
	for _, u := range t.reach {
		add(u)
	}
	slices.Sort(out)
	return out
}

// Loopback says whether all of it is on this machine. Nothing known is no.
func (t *Target) Loopback() bool {
	hosts := t.Hosts()
	for _, h := range hosts {
		u := url.URL{Host: h}
		if !loopback(u.Hostname()) {
			return false
		}
	}
	return len(hosts) > 0
}

// Allows says whether the owner allows "accounts", "forgery" or "load". A
// target on this machine allows all but load unless it says otherwise.
func (t *Target) Allows(what string) bool {
	if t.Allow != nil {
		return slices.Contains(t.Allow, what)
	}
	return what != "load" && t.Loopback()
}

func loopback(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

func isURL(s string) bool { return strings.Contains(s, "://") }
