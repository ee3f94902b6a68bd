package oracle

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/transcript"
)

const recently = "Recently used on this device company sign on via acme directory services"

const site = "https://sp.example"

// fake is a service provider in a few lines: it turns logins into the hops
// that a browser would report. jit says what becomes of newcomers, quirks how
// it misleads.
type fake struct {
	jit    string // off create inactive form none gate
	quirks []string

	posts, bad int
	members    map[string]string // ref -> status
	failed     map[string]bool
	frozen     map[string]string
	blocked    bool
	tick       int
	trial      string
}

// jar is one browser's state at the service provider.
type jar struct {
	sort  string // "", in, gated, small, pending, doomed, toast, flash, seenacs
	who   string
	msg   string
	views int
}

type message struct {
	who                            string
	plain, deny, foreign, wrongAud bool
}

func (f *fake) q(s string) bool { return slices.Contains(f.quirks, s) }

func people() []transcript.Person {
	p := func(ref, local, given, sur string) transcript.Person {
		return transcript.Person{
			Ref: ref, NameID: local + "@acme.example", Email: local + "@acme.example", Username: local,
			GivenName: given, Surname: sur, DisplayName: given + " " + sur,
		}
	}
	return []transcript.Person{
		p("known", "alice", "Alice", "Archer"), p("fresh-1", "qovex", "Wanda", "Brill"), p("fresh-2", "zumir", "Otto", "Klamm"),
		p("fresh-late", "pelko", "Nadia", "Stroud"),
	}
}

func person(ref string) transcript.Person {
	for _, p := range people() {
		if p.Ref == ref {
			return p
		}
	}
	return transcript.Person{}
}

func shows(status int, path, title string, blocks ...string) transcript.Hop {
	return transcript.Hop{Method: "GET", URL: site + path, Because: "start", Status: status, Title: title, Blocks: append([]string{"Samepage stand-in"}, blocks...)}
}

func links(h transcript.Hop, paths ...string) transcript.Hop {
	for _, p := range paths {
		h.Links = append(h.Links, site+p)
	}
	return h
}

func (f *fake) dress(h transcript.Hop, j *jar) transcript.Hop {
	switch j.sort {
	case "toast":
		h.Blocks = append(h.Blocks, j.msg)
	case "flash":
		j.views++
		if j.views > 1 {
			h.Blocks = append(h.Blocks, j.msg)
			j.sort = ""
		}
	}
	if f.q("banner "+f.trial) || f.q("banner") && strings.HasPrefix(f.trial, "fresh") {
		h.Blocks = append(h.Blocks, "Discover our redesigned editor with nested tables and instant search everywhere")
	}
	if f.q("noise") {
		f.tick++
		tips := []string{"Tip press slash to search", "Tables can be sorted", "Mention a teammate", "Comments keep their place"}
		h.Blocks = append(h.Blocks, tips[f.tick%4], tips[(f.tick/4+1)%4])
	}
	return h
}

// get is one GET by this browser.
func (f *fake) get(j *jar, path string) []transcript.Hop {
	if f.q("anonymous-blocked") && f.bad >= 7 && j.sort != "in" {
		return []transcript.Hop{f.dress(shows(403, path, "Blocked", "Too many failures from here"), j)}
	}
	if j.sort == "doomed" {
		j.views++
		if j.views > 1 {
			j.sort = ""
		}
	}
	to := func(where string) []transcript.Hop {
		first := transcript.Hop{Method: "GET", URL: site + path, Because: "start", Status: 303, Location: site + where}
		rest := f.get(j, where)
		rest[0].Because = "redirect"
		return append([]transcript.Hop{first}, rest...)
	}
	bare, _, _ := strings.Cut(path, "?")
	bare, _, _ = strings.Cut(bare, "#")
	signed := j.sort == "in" || j.sort == "doomed"
	name := person(j.who).DisplayName
	switch bare {
	case "/":
		h := shows(200, path, "Welcome", "Pages and tasks of your team")
		if signed && !f.q("script") && !f.q("bare-root") {
			h.Blocks = append(h.Blocks, "You are signed in as "+name)
			return []transcript.Hop{f.dress(links(h, "/home", "/logout"), j)}
		}
		return []transcript.Hop{f.dress(links(h, "/login"), j)}
	case "/login":
		h := links(shows(200, path, "Log in", "Log in to Samepage", "E-mail", "Password", "Log in with SSO"), "/login/sso")
		h.Forms = []transcript.PageForm{{Method: "post", Action: site + "/login", Fields: []string{"email:email", "password:password"}}}
		return []transcript.Hop{f.dress(h, j)}
	case "/login/sso":
		return []transcript.Hop{{Method: "GET", URL: site + path, Status: 302}, {Method: "GET", URL: "https://idp.example/sso?SAMLRequest=x", AtIdP: true, Status: 200}}
	case "/home":
		return f.home(j, path, to)
	case "/app":
		return []transcript.Hop{f.dress(shows(200, path, "Samepage"), j)}
	case "/saml/acs":
		return []transcript.Hop{f.dress(shows(405, path, "Single sign-on", "Responses only"), j)}
	case "/complete":
		if j.sort != "pending" {
			return to("/login")
		}
		h := shows(200, path, "Complete", "One more step "+person(j.who).Email)
		h.Forms = []transcript.PageForm{{Method: "post", Action: site + "/complete", Fields: []string{"display_name:text", "job:text"}}}
		return []transcript.Hop{f.dress(h, j)}
	case "/welcome":
		if !signed {
			return to("/login")
		}
		return []transcript.Hop{f.dress(links(shows(200, path, "Getting started", "Nice to meet you "+name, "Take the tour"), "/logout", "/tour", "/teams"), j)}
	case "/signup":
		h := shows(200, path, "Sign up", "Sign up for Samepage")
		h.Forms = []transcript.PageForm{{Method: "post", Action: site + "/signup", Fields: []string{"email:email", "company:text"}}}
		return []transcript.Hop{f.dress(h, j)}
	case "/refused":
		return []transcript.Hop{f.dress(links(shows(200, path, "Sign-in", "That did not work out"), "/login"), j)}
	}
	return []transcript.Hop{shows(404, path, "Not found", "There is no such page")}
}

func (f *fake) home(j *jar, path string, to func(string) []transcript.Hop) []transcript.Hop {
	name := person(j.who).DisplayName
	one := func(h transcript.Hop) []transcript.Hop { return []transcript.Hop{f.dress(h, j)} }
	chrome := []string{"Home", "Teams", "Your workspace"}
	body := []string{"Launch team", "Field sales", "Design studio", "Roadmap for autumn", "Holiday calendar"}
	if f.q("script") {
		return one(shows(200, path, "Samepage"))
	}
	switch j.sort {
	case "gated":
		return one(links(shows(403, path, "No access", "You are not a member of this workspace"), "/logout"))
	case "small":
		h := shows(200, path, "Home", append(slices.Clone(chrome), "You are not a member")...)
		if f.q("same-chrome") {
			h.Blocks = append(h.Blocks, body...)
			h.Blocks = append(h.Blocks, "Welcome back "+name, "Role Member")
		}
		return one(links(h, "/logout"))
	case "in", "doomed":
		if f.q("cookie-lines") || f.q("policy-lines") {
			return one(links(shows(200, path, "Home", recently, "Role Member"), "/logout", "/teams"))
		}
		if f.q("role") && f.members[j.who] == "jit" {
			return to("/welcome")
		}
		h := shows(200, path, "Home", chrome...)
		switch {
		case f.q("rich") && f.members[j.who] == "jit":
			h.Blocks = append(h.Blocks, "Nothing here yet")
		case f.q("rich"):
			body = append(body, "Review the contract draft with legal", "Three colleagues commented on the budget proposal", "Travel policy expense template")
			fallthrough
		default:
			h.Blocks = append(h.Blocks, body...)
		}
		h.Blocks = append(h.Blocks, "Welcome back "+name, "Role Member")
		if f.q("home-form") {
			h.Forms = []transcript.PageForm{{Method: "get", Action: site + "/home", Fields: []string{"note:text", "team:text"}}}
		}
		return one(links(h, "/logout", "/teams"))
	}
	if (f.q("cookie-lines") || f.q("policy-lines")) && j.sort == "seenacs" {
		return one(shows(200, path, "Home", recently))
	}
	if f.q("public") {
		if f.q("error-page") && j.sort == "failed" {
			return one(shows(403, path, "Error", "Sign in failed"))
		}
		return one(shows(200, path, "Home", append(slices.Clone(chrome), body...)...))
	}
	if f.q("cookie-lines") || f.q("policy-lines") {
		return one(shows(200, path, "Home"))
	}
	return to("/login")
}

// acs is the POST of a response by this browser: the hops until rest.
func (f *fake) acs(j *jar, m message) []transcript.Hop {
	f.posts++
	if f.frozen == nil && f.q("stale") {
		f.frozen = map[string]string{}
		for k, v := range f.members {
			f.frozen[k] = v
		}
	}
	post := transcript.Hop{Method: "POST", URL: site + "/saml/acs", Because: "form", Posted: []string{"SAMLResponse"}}
	rest := func(h transcript.Hop) []transcript.Hop {
		post.Status, post.Title, post.Blocks, post.Links, post.Tokens, post.JSONKeys = h.Status, h.Title, h.Blocks, h.Links, h.Tokens, h.JSONKeys
		if f.q("cookie-refusal") && m.who != "known" {
			post.Cookies = []transcript.Cookie{{Name: "session", Digest: "refused"}}
		}
		return []transcript.Hop{post}
	}
	to := func(path string) []transcript.Hop {
		post.Status, post.Location = 303, site+path
		if f.q("cookie-refusal") && m.who != "known" {
			post.Cookies = []transcript.Cookie{{Name: "session", Digest: "refused"}}
		}
		next := f.get(j, path)
		next[0].Because = "redirect"
		return append([]transcript.Hop{post}, next...)
	}
	if f.q("throttle") && f.posts > 5 {
		return rest(shows(200, "/saml/acs", "Please wait", "Too many sign-ins at the moment"))
	}
	f.bad++
	notAccepted := func() []transcript.Hop {
		if f.q("remember") {
			j.sort, j.msg = "toast", "The response was not accepted"
		}
		if f.q("error-page") {
			j.sort = "failed"
		}
		if f.q("token") {
			return rest(transcript.Hop{Status: 401, JSONKeys: []string{"error"}, Blocks: []string{"invalid"}, Tokens: []transcript.Token{{Place: "json:error_id", Digest: fmt.Sprint(f.posts)}}})
		}
		if f.q("script") {
			return to("/home")
		}
		return rest(links(shows(403, "/saml/acs", "Sign-in", "The response was not accepted"), "/login"))
	}
	switch {
	case f.blocked:
		return notAccepted()
	case m.foreign && !f.trusts(m):
		f.blocked = f.q("block")
		return notAccepted()
	case m.wrongAud && f.q("policy-lines"):
		j.sort = "seenacs"
		return rest(links(shows(403, "/saml/acs", "Sign-in", "The response was not accepted"), "/login"))
	case m.wrongAud && !f.q("any-audience"), m.deny && !f.q("cookie-lines"):
		return notAccepted()
	case m.deny:
		j.sort = "seenacs"
		return rest(links(shows(403, "/saml/acs", "Sign-in", "The response was not accepted"), "/login"))
	}
	return f.admit(j, m, rest, to)
}

func (f *fake) trusts(m message) bool {
	return f.q("any-key") || f.q("first-key") && f.posts < 5 || f.q("last-key") && f.posts > 9
}

func (f *fake) admit(j *jar, m message, rest func(transcript.Hop) []transcript.Hop, to func(string) []transcript.Hop) []transcript.Hop {
	j.who = m.who
	enter := func() []transcript.Hop {
		f.bad--
		if f.q("token") || f.q("fragment") {
			if f.q("token") {
				return rest(transcript.Hop{Status: 200, JSONKeys: []string{"token", "user"}, Tokens: []transcript.Token{{Place: "json:token", Digest: j.who}}})
			}
			hops := to("/app#access_token=digest")
			hops[len(hops)-1].Tokens = []transcript.Token{{Place: "fragment:access_token", Digest: j.who}}
			return hops
		}
		j.sort = "in"
		hops := to("/home")
		hops[0].Cookies = []transcript.Cookie{{Name: "session", Digest: fmt.Sprint(f.posts), Token: true}}
		return hops
	}
	refuse := func() []transcript.Hop {
		switch {
		case m.who == "known" && f.q("locked"):
			j.sort, j.msg = "toast", "Your account has been locked"
			return to("/login")
		case f.q("thrown"):
			j.sort = "doomed"
			return to("/home")
		case f.q("small"):
			j.sort = "small"
			return to("/home")
		case f.q("signup"):
			return to("/signup")
		case f.q("error-query"):
			return to("/home?error=access_denied")
		case f.q("once"):
			j.sort, j.msg = "flash", "We could not sign you in"
			return to("/refused")
		case f.q("script"):
			return to("/home")
		case f.q("token"):
			return rest(transcript.Hop{Status: 401, JSONKeys: []string{"error"}, Blocks: []string{"denied"}, Tokens: []transcript.Token{{Place: "json:error_id", Digest: fmt.Sprint(f.posts)}}})
		}
		if f.q("remember") {
			j.sort, j.msg = "toast", "We could not sign you in"
		}
		if f.q("cookie-lines") || f.q("policy-lines") {
			j.sort = "seenacs"
		}
		text, status := "We could not sign you in", 403
		if f.q("echo-200") {
			text, status = person(m.who).Email+" is not a member", 200
		}
		return rest(links(shows(status, "/saml/acs", "Sign-in", text), "/login"))
	}
	switch f.members[m.who] {
	case "locked", "waiting":
		return refuse()
	case "":
	default:
		if f.q("known-needs-rich") && m.plain {
			return refuse()
		}
		return enter()
	}
	if f.q("needs-department") && m.plain {
		return refuse()
	}
	if f.q("late") && !f.failed[m.who] {
		f.failed[m.who] = true
		return refuse()
	}
	switch f.jit {
	case "create":
		f.members[m.who] = "jit"
		return enter()
	case "inactive":
		f.members[m.who] = "waiting"
		return refuse()
	case "form":
		j.sort = "pending"
		return to("/complete")
	case "none":
		return enter()
	case "gate":
		j.sort = "gated"
		if f.q("small") {
			j.sort = "small"
		}
		return to("/home")
	}
	return refuse()
}

// list is what the members view shows.
func (f *fake) list() *transcript.View {
	v := &transcript.View{Entries: map[string]int{}}
	for _, p := range people() {
		shown := f.members
		if f.frozen != nil {
			shown = f.frozen
		}
		if shown[p.Ref] != "" || f.q("directory") {
			v.Entries[p.Ref] = 1
		}
		if f.q("blind") || f.jit == "none" {
			v.Entries[p.Ref] = 0
		}
	}
	return v
}

var clock = time.Date(2026, 11, 23, 22, 0, 0, 0, time.UTC)
