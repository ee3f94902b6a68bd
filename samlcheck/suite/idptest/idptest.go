// Package idptest is a mock identity provider for the tests of a service
// provider, in the manner of net/http/httptest. It looks like Okta or Entra on
// the wire, listens on loopback, and is closed with the test.
//
//	mock := idptest.Start(t, okta.New(okta.Config{}))
//	// give your service provider mock.Metadata(), or let it fetch mock.MetadataURL()
//	login := mock.Login(person, sp)               // a signed response, ready to post
//	resp, err := http.PostForm(login.ACS, login.Form)
//
// Everything that can go wrong with a response has an option: see Forged and
// package forge for what can be spoilt. A mutation that finds nothing to change
// fails the test, so a negative test can never become a clean login.
//
// It does not judge what the service provider does; packages suite and checks do.
package idptest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/transcript"
)

// IdP is a mock identity provider that listens.
type IdP struct {
	t      testing.TB
	idp    *idp.IdP
	people *idp.Directory
	server *httptest.Server
}

type config struct {
	serving idp.Serving
	options idp.Options
}

// Option sets up the IdP.
type Option func(*config)

// WithSP names the service provider for logins by a browser at URL.
func WithSP(sp idp.SP) Option { return func(c *config) { c.serving.SP = sp } }

// WithPeople fills the directory that the sign-in page shows.
func WithPeople(p ...idp.Person) Option { return func(c *config) { c.serving.People = p } }

// WithToken opens the control API (docs/control-api.md) to whoever has the token.
func WithToken(token string) Option { return func(c *config) { c.serving.Token = token } }

// WithClock replaces the clock.
func WithClock(now func() time.Time) Option { return func(c *config) { c.options.Now = now } }

// WithState keeps the keys in a folder, for metadata that outlives the test.
func WithState(dir string) Option { return func(c *config) { c.options.State = dir } }

// Start serves the profile on a loopback port until the test ends. The profile's
// URLs become those of the server; its entityID stays the vendor's.
func Start(t testing.TB, p idp.Profile, opts ...Option) *IdP {
	t.Helper()
	c := config{serving: idp.Serving{Rich: true}}
	for _, o := range opts {
		o(&c)
	}
	c.serving.Directory = idp.NewDirectory(c.serving.People...)
	server := httptest.NewUnstartedServer(nil)
	i, err := idp.New(p.At("http://"+server.Listener.Addr().String()), c.options)
	if err != nil {
		server.Close()
		t.Fatalf("idptest: %v", err)
	}
	server.Config.Handler = i.Handler(c.serving)
	server.Start()
	t.Cleanup(server.Close)
	return &IdP{t: t, idp: i, people: c.serving.Directory, server: server}
}

// URL is the front page, with the people, for a human.
func (i *IdP) URL() string { return i.server.URL }

// People is the directory: change a person, take the app away, disable him, and
// the next login at URL or in a Browser shows it.
func (i *IdP) People() *idp.Directory { return i.people }

// MetadataURL serves the metadata, at the vendor's own path.
func (i *IdP) MetadataURL() string { return i.idp.MetadataURL() }

// Metadata is the document to give to the service provider.
func (i *IdP) Metadata() []byte { return i.idp.Metadata() }

// EntityID is the IdP's entityID.
func (i *IdP) EntityID() string { return i.idp.EntityID() }

// SSO is the URL that the service provider sends AuthnRequests to.
func (i *IdP) SSO() string { return i.idp.SSO() }

// Launch is the URL of the IdP-initiated start.
func (i *IdP) Launch() string { return i.idp.Launch() }

// Certificate is the signing certificate, as DER.
func (i *IdP) Certificate() []byte { return i.idp.Certificate() }

// Login is a response that is ready to be posted.
type Login struct {
	ACS  string     // where to
	XML  []byte     // the message itself
	Form url.Values // SAMLResponse, and RelayState where there is one
	Sent *transcript.Message

	origin string
}

// Request is the POST that a browser would send, with the IdP as its Origin.
func (l *Login) Request(ctx context.Context) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, l.ACS, strings.NewReader(l.Form.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", l.origin)
	return r, nil
}

type variation struct {
	reply        idp.Reply
	inResponseTo string
	acs          string
	relay        *string
}

// Variation changes one thing about a login.
type Variation func(*variation)

// InResponseTo answers the AuthnRequest with that ID; without it the login is
// IdP-initiated.
func InResponseTo(id string) Variation { return func(v *variation) { v.inResponseTo = id } }

// RelayState is sent beside the response.
func RelayState(s string) Variation { return func(v *variation) { v.relay = &s } }

// ACS sends the response elsewhere than to the service provider's first URL.
func ACS(url string) Variation { return func(v *variation) { v.acs = url } }

// Forged spoils the response; see package forge.
func Forged(m ...forge.Mutation) Variation {
	return func(v *variation) { v.reply.Forge = append(v.reply.Forge, m...) }
}

// Carry names the person whom a forged part speaks of.
func Carry(victim idp.Person) Variation { return func(v *variation) { v.reply.Carry = &victim } }

// Denied answers with an error status and no assertion.
func Denied() Variation { return func(v *variation) { v.reply.Deny = true } }

// Plain sends what the face sends by default; otherwise the union of what
// service providers look for is sent.
func Plain() Variation { return func(v *variation) { v.reply.Rich = false } }

// Signed says what is signed; otherwise it is the face's own choice.
func Signed(response, assertion bool) Variation {
	return func(v *variation) { v.reply.Signing = &idp.Signing{Response: response, Assertion: assertion} }
}

// NameIDFormat is what the administrator configured: "emailAddress",
// "persistent", or a URN.
func NameIDFormat(f string) Variation { return func(v *variation) { v.reply.NameIDFormat = f } }

// Login makes a good response for the person, varied as told. What cannot be
// made fails the test.
func (i *IdP) Login(p idp.Person, sp idp.SP, vs ...Variation) *Login {
	i.t.Helper()
	v := variation{reply: idp.Reply{Person: p, SP: sp, Rich: true}}
	if len(sp.ACS) > 0 {
		v.acs = sp.ACS[0]
	}
	for _, f := range vs {
		f(&v)
	}
	if v.acs == "" {
		i.t.Fatalf("idptest: the service provider has no ACS URL to send a response to")
	}
	m, err := i.idp.Mint(v.reply, v.inResponseTo, v.acs, v.relay)
	if err != nil {
		i.t.Fatalf("idptest: %v", err)
	}
	return &Login{ACS: m.ACS, XML: []byte(m.XML), Form: m.Form, Sent: m.Sent, origin: i.server.URL}
}

// Browser is a transport for a client that walks through an SP-initiated login:
// it answers at the IdP's URLs as if the person had signed in there, and passes
// all else to base (nil: http.DefaultTransport). Its Exchanges tell what the
// service provider asked and what it was answered. InResponseTo, RelayState and
// ACS have no meaning here: they come from the request. A person of the directory
// signs in as the directory has him at that moment; anybody else always may.
func (i *IdP) Browser(p idp.Person, sp idp.SP, base http.RoundTripper, vs ...Variation) idp.Player {
	v := variation{reply: idp.Reply{Person: p, SP: sp, Rich: true}}
	for _, f := range vs {
		f(&v)
	}
	if base == nil {
		base = http.DefaultTransport
	}
	if _, ok := i.people.Find(p.Key()); ok {
		v.reply.Directory = i.people
	}
	return i.idp.Play(v.reply, base)
}
