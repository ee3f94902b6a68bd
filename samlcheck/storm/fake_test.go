package storm

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/actor"
	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/browser/plain"
	"example.com/samepage/samlcheck/bundle"
	"example.com/samepage/samlcheck/engine"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/face"
	"example.com/samepage/samlcheck/target"
	"example.com/samepage/samlcheck/trial"
)

const spAt = "http://127.0.0.1:9"

// sid is a cookie's value: a secret that must never be written.
const sid = "c2VjcmV0LXNlc3Npb24tb2YtYWxpY2U0711"

// fake is a service provider in this process: a transport that answers. Its time
// is that of the bubble (testing/synctest), so that nobody waits for it.
type fake struct {
	cert  []byte                                                   // in base64: whom it trusts
	shut  bool                                                     // nobody gets in
	jit   bool                                                     // newcomers get in
	same  bool                                                     // who is refused is sent home too, where a sign-in page awaits him
	hook  func(ctx context.Context, n int) (*http.Response, error) // instead of the n-th answer to a response; nil, nil for none
	limit int                                                      // how many responses it works on at once; 0 is all
	slots chan struct{}                                            // of the bubble
	takes time.Duration                                            // for one
	mu    sync.Mutex
	posts int
}

var nameID = regexp.MustCompile(`<(?:\w+:)?NameID[^>]*>([^<]+)<`)

// RoundTrip implements http.RoundTripper.
func (f *fake) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path == "/acs" && r.Method == http.MethodPost {
		if resp, err := f.work(r.Context()); resp != nil || err != nil {
			return resp, err
		}
	}
	w := httptest.NewRecorder()
	f.serve(w, r)
	resp := w.Result()
	resp.Request = r
	return resp, nil
}

func (f *fake) work(ctx context.Context) (*http.Response, error) {
	f.mu.Lock()
	n := f.posts
	f.posts++
	f.mu.Unlock()
	if f.slots != nil {
		select {
		case f.slots <- struct{}{}:
			defer func() { <-f.slots }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if err := engine.Wait(ctx, f.takes); err != nil {
		return nil, err
	}
	if f.hook != nil {
		return f.hook(ctx, n)
	}
	return nil, nil
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request) {
	say := func(title, text string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><title>%s</title><h1>%s</h1><p>%s</p>", title, title, text)
	}
	_, err := r.Cookie("sid")
	in := err == nil
	switch {
	case r.URL.Path == "/acs" && f.admits(r):
		http.SetCookie(w, &http.Cookie{Name: "sid", Value: sid, Path: "/", Secure: true, HttpOnly: true})
		http.Redirect(w, r, "/home?token="+sid, http.StatusSeeOther)
	case r.URL.Path == "/acs" && f.same:
		http.Redirect(w, r, "/home", http.StatusSeeOther)
	case r.URL.Path == "/acs":
		say("Sign-in", "We could not sign you in")
	case r.URL.Path == "/home" && (in || f.same):
		if !in {
			say("Welcome", "Sign in with your company")
			return
		}
		say("Home", "Your projects</p><p>Your drafts</p><p>Invite a colleague</p><p>Sign out")
	case r.URL.Path == "/home":
		http.Redirect(w, r, "/", http.StatusSeeOther)
	default:
		say("Welcome", "Sign in with your company")
	}
}

// admits reads the response.
func (f *fake) admits(r *http.Request) bool {
	raw, err := base64.StdEncoding.DecodeString(r.PostFormValue("SAMLResponse"))
	if err != nil || !bytes.Contains(raw, f.cert) { // to verify it would take longer than all else
		return false
	}
	who := nameID.FindSubmatch(raw)
	return who != nil && !f.shut && (f.jit || string(who[1]) == "alice@acme.example")
}

var keys = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "storm-test-keys") })

func TestMain(m *testing.M) {
	code := m.Run()
	if dir, err := keys(); err == nil {
		_ = os.RemoveAll(dir)
	}
	os.Exit(code)
}

// options are a storm of 200 logins at the fake.
func options(t *testing.T, f *fake, yaml string) Options {
	t.Helper()
	return optionsAs(t, "okta", f, yaml)
}

func optionsAs(t testing.TB, as string, f *fake, yaml string) Options {
	t.Helper()
	dir, err := keys()
	require.NoError(t, err)
	src := `
sp: {entity_id: "` + spAt + `/saml", acs: "` + spAt + `/acs"}
people:
  known: {email: alice@acme.example}
  fresh: {domain: acme.example}
idp: {state: "` + dir + `", okta: {sign: assertion}}
` + yaml
	if !strings.Contains(yaml, "allow") {
		src += "allow: [accounts, forgery, load]\n"
	}
	tg, err := target.Parse("target.yaml", []byte(src), func(string) (string, bool) { return "", false })
	require.NoError(t, err)
	profile, err := face.New(as, tg.IdP)
	require.NoError(t, err)
	i, err := idp.New(profile, idp.Options{State: dir})
	require.NoError(t, err)
	if f != nil {
		if f.limit > 0 {
			f.slots = make(chan struct{}, f.limit)
		}
		f.cert = []byte(base64.StdEncoding.EncodeToString(i.Certificate())[:60])
	}
	stage := &actor.Stage{
		Target: tg, IdP: i, SP: idp.SP{EntityID: tg.SP.EntityID, ACS: []string{tg.SP.ACS}}, Base: f,
		People: actor.People(tg, "7f3a", []trial.Person{trial.Known}),
	}
	stage.Browser = func(rt http.RoundTripper) browser.Browser {
		return plain.New(plain.Options{Transport: rt, IdPHosts: i.Hosts(), HopTimeout: 5 * time.Second})
	}
	known := actor.Folded(stage.People)[0]
	red, err := bundle.NewRedactor(bundle.Rules{Known: &known, Keep: []string{"acme.example"}})
	require.NoError(t, err)
	return Options{
		Load:  Load{Logins: 200, Rate: 50, Ramp: 4 * time.Second, Workers: 16},
		Stage: stage, Face: "okta", RunID: "7f3a", Redact: red, Forged: tg.Allows("forgery"), Cores: 2,
	}
}

// light1 makes one light login of the known member over a transport.
func light1(t *testing.T, o Options, rt http.RoundTripper, p *places) outcome {
	t.Helper()
	o.settle()
	o.Stage.Base = rt
	s := &storm{o: &o, places: p, people: o.Stage.People}
	l := &light{o: &o, places: p, body: new(bytes.Buffer)}
	s.login(t.Context(), l)
	return l.out
}
