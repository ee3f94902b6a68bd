package suite_test

import (
	"context"
	"html"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/browser/plain"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

// by-hand runs are played by an admin made of net/http: he reads the guided
// page, opens what it tells him to, and says what he sees.

// card is the guided page as an admin reads it.
type card struct {
	id, title string
	links     []string
	fields    []string // names of the questions
	text      string   // the whole page
	status    int
}

var (
	cardID    = regexp.MustCompile(`name="card" value="([^"]*)"`)
	cardTitle = regexp.MustCompile(`(?s)<h1>(.*?)</h1>`)
	cardLink  = regexp.MustCompile(`<code class="address">([^<]*)</code>`)
	cardField = regexp.MustCompile(`<(?:input type="(?:radio|text)"|textarea)[^>]* name="([^"]*)"`)
)

func readCard(status int, page string) card {
	c := card{text: page, status: status}
	if m := cardID.FindStringSubmatch(page); m != nil {
		c.id = m[1]
	}
	if m := cardTitle.FindStringSubmatch(page); m != nil {
		c.title = html.UnescapeString(m[1])
	}
	for _, m := range cardLink.FindAllStringSubmatch(page, -1) {
		c.links = append(c.links, html.UnescapeString(m[1]))
	}
	for _, m := range cardField.FindAllStringSubmatch(page, -1) {
		if !slices.Contains(c.fields, m[1]) {
			c.fields = append(c.fields, m[1])
		}
	}
	return c
}

func (c card) over() bool { return c.title == "That was all" }

// admin is a person at his own browser.
type admin struct {
	t      *testing.T
	guide  string // the guided page
	sp     *samepage.Running
	window func() browser.Browser // a new private window
	skips  bool                   // he leaves out what he may
}

// now waits until there is something to do.
func (a *admin) now() card {
	for {
		if c := a.fetch(http.MethodGet, "", nil); c.id != "" || c.over() {
			return c
		}
	}
}

func (a *admin) fetch(method, path string, form url.Values) card {
	a.t.Helper()
	req, err := http.NewRequestWithContext(a.t.Context(), method, a.guide+path, strings.NewReader(form.Encode()))
	require.NoError(a.t, err)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	resp, err := http.DefaultClient.Do(req)
	require.NoError(a.t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(a.t, err)
	return readCard(resp.StatusCode, string(body))
}

func (a *admin) answer(c card, says map[string]string) card {
	a.t.Helper()
	form := url.Values{"card": {c.id}}
	for k, v := range says {
		form.Set(k, v)
	}
	return a.fetch(http.MethodPost, "answer", form)
}

// sees is a page of the stand-in as a person would describe it.
func sees(at, text, who string) map[string]string {
	u, _ := url.Parse(at)
	out := map[string]string{"text": text, "at": at}
	switch {
	case u.Path == "/home" && strings.Contains(text, "No access"):
		out["shows"] = "no-access"
	case u.Path == "/home" || u.Path == "/welcome":
		out["shows"], out["as"] = "signed-in", "unsaid"
		if who != "" && strings.Contains(text, who) {
			out["as"] = "self"
		}
	case u.Path == "/complete" || u.Path == "/signup":
		out["shows"] = "form"
	case u.Path == "/login" || u.Path == "/" || strings.Contains(text, "Nobody signs in at this moment"):
		out["shows"] = "login"
	default:
		out["shows"] = "error"
	}
	return out
}

// look opens an address in a window and describes where it came to rest.
func (a *admin) look(w browser.Browser, address, who string) map[string]string {
	a.t.Helper()
	hops, err := w.Visit(a.t.Context(), browser.Request{URL: address})
	require.NoError(a.t, err)
	require.NotEmpty(a.t, hops)
	rest := hops[len(hops)-1]
	return sees(rest.URL, strings.Join(rest.Blocks, "\n"), who)
}

// say puts a description into the fields that begin with the prefix.
func say(into map[string]string, prefix string, page map[string]string) {
	for k, v := range page {
		into[prefix+"-"+k] = v
	}
}

// does follows one card, and returns what he says of it.
func (a *admin) does(c card) map[string]string {
	a.t.Helper()
	says := map[string]string{}
	switch {
	case slices.Contains(c.fields, "rest-shows"):
		if a.skips && strings.Contains(c.title, "forged") {
			return map[string]string{"button": "skip"}
		}
		who := ""
		if words := strings.Fields(strings.TrimSuffix(c.title, ", with few attributes")); strings.HasPrefix(c.title, "Sign in as") {
			who = words[len(words)-1]
		}
		w := a.window()
		rest := a.look(w, c.links[0], who)
		say(says, "rest", rest)
		home := rest["at"]
		if len(c.links) > 1 {
			home = c.links[1]
		}
		say(says, "home", a.look(w, home, who))
		say(says, "own", a.look(w, rest["at"], who))
		says["insist"] = "yes"
	case slices.Contains(c.fields, "look-1-shows"):
		w := a.window()
		for n, link := range c.links {
			say(says, "look-"+string(rune('1'+n)), a.look(w, link, ""))
		}
	case slices.ContainsFunc(c.fields, func(f string) bool { return strings.HasPrefix(f, "listed-") }):
		a.members(c, says)
	case strings.HasPrefix(c.title, "Invite "):
		require.NoError(a.t, a.sp.Server.Invite(strings.Fields(c.title)[1], samepage.RoleMember))
	}
	return says
}

// members reads the members view for the card that asks for it.
func (a *admin) members(c card, says map[string]string) {
	listed, _, err := a.sp.Directory().List(a.t.Context())
	require.NoError(a.t, err)
	for _, f := range c.fields {
		legend := regexp.MustCompile(`<legend>([^<]*)</legend>\s*<div[^>]*>\s*<p><strong>[^<]*</strong></p>\s*<label class="pick"><input type="radio" name="` + regexp.QuoteMeta(f) + `"`)
		m := legend.FindStringSubmatch(c.text)
		require.NotNil(a.t, m, "no address beside %s", f)
		says[f] = "0"
		for _, address := range listed {
			if strings.EqualFold(address, html.UnescapeString(m[1])) {
				says[f] = "1"
			}
		}
	}
}

// follows follows the guided page to its end, or until stop says so.
func (a *admin) follows(stop func(c card, nth int) bool) {
	a.t.Helper()
	for n := 0; ; n++ {
		c := a.now()
		if c.over() || stop != nil && stop(c, n) {
			return
		}
		after := a.answer(c, a.does(c))
		require.NotEqual(a.t, http.StatusUnprocessableEntity, after.status, "the answer to %q was given back: %s", c.title, after.text)
		if after.over() {
			return
		}
	}
}

// result is what came of a run in the background.
type result struct {
	res *suite.Result
	err error
}

// byHand starts a run by hand and returns the admin who plays it.
func byHand(t *testing.T, ctx context.Context, sp *samepage.Running, tg *target.Target, o suite.Options) (*admin, <-chan result) {
	t.Helper()
	guide, done := make(chan string, 1), make(chan result, 1)
	o.Loaded = tg
	o.ByHand.Opened = func(u string) { guide <- u }
	go func() {
		res, err := suite.Run(ctx, o)
		done <- result{res, err}
	}()
	a := &admin{t: t, sp: sp, window: func() browser.Browser {
		return plain.New(plain.Options{Transport: http.DefaultTransport.(*http.Transport).Clone(), IdPHosts: []string{host(tg.IdP.BaseURL)}})
	}}
	select {
	case a.guide = <-guide:
	case r := <-done:
		require.NoError(t, r.err)
		t.Fatal("the run was over before it began")
	}
	return a, done
}

func host(raw string) string {
	u, _ := url.Parse(raw)
	return u.Host
}

// handTarget is a stand-in whose target file wants a person, with a members
// view that he is asked for or none.
func handTarget(t *testing.T, face string, ask bool, o samepage.Options) (*samepage.Running, *target.Target) {
	t.Helper()
	sp, err := samepage.Start(o)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, sp.Close()) })
	ln, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0") // a free port, for the target file
	require.NoError(t, err)
	file := sp.TargetFile(state, false) + "browser: manual\n"
	file = strings.Replace(file, "idp:\n", "idp:\n  base_url: http://"+ln.Addr().String()+"\n", 1)
	require.NoError(t, ln.Close())
	if ask {
		file += "members: {list: {ask: true}}\n"
	}
	tg, err := target.Parse(t.TempDir()+"/target.yaml", []byte(file), os.LookupEnv)
	require.NoError(t, err)
	i, err := suite.IdP(face, suite.Options{Loaded: tg})
	require.NoError(t, err)
	require.NoError(t, sp.Server.AddIdP(i.Metadata()))
	if !ask {
		require.NoError(t, sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
	}
	return sp, tg
}
