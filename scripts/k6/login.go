package saml

import (
	"errors"
	"net/url"
	"time"

	"github.com/grafana/sobek"
	"go.k6.io/k6/js/common"
	"go.k6.io/k6/lib"

	"example.com/samepage/samlcheck/idp"
)

// Result is what login() and post() give a script.
type Result struct {
	Accepted bool    // see docs/scale.md: what counts as accepted
	Kind     string  // "accepted", or the kind of the refusal: the tag of saml_refused
	Reason   string  // of a refusal, in words
	Face     string  // okta, entra
	Person   string  // the address of who signed in
	Status   int     // of the page where it came to rest
	URL      string  // of that page, without its query
	Acs      int     // status of the assertion consumer service's own answer; 0 where it was not reached
	MintMs   float64 // the mock identity provider's own work
	AcsMs    float64 // the assertion consumer service's answer, as http_req_duration has it
	Ms       float64 // the whole of it, from the first request to the page where it came to rest
}

// Login makes one login: saml.login({target, face: 'okta', person: 'fresh'}).
func (i *instance) Login(options sobek.Value) *Result {
	state, a := i.ready(options)
	w, err := i.walk(state, a)
	if err != nil {
		common.Throw(i.vu.Runtime(), err)
	}
	r := w.begin(a.stage.Begin(a.person))
	began := time.Now()
	w.drive(i.vu.Context(), r)
	w.out.Ms = milliseconds(time.Since(began))
	w.prove(i.vu.Context())
	return i.told(i.vu.Context(), state, w, true)
}

// Minted is a response that is ready to be posted.
type Minted struct {
	Acs    string            // where it goes
	Fields map[string]string // SAMLResponse, and RelayState where there is one: for a script that posts it itself
	Xml    string            //nolint:revive,staticcheck // scripts write m.xml
	Face   string
	Person string
	MintMs float64

	a    *asked
	form url.Values
}

// Mint makes a response and sends nothing: saml.mint({target, face, person,
// inResponseTo, relayState}).
func (i *instance) Mint(options sobek.Value) *sobek.Object {
	rt := i.vu.Runtime()
	state, a := i.ready(options)
	began := time.Now()
	m, err := a.stage.IdP.Mint(a.reply(), a.inResponseTo, a.stage.SP.ACS[0], a.relay)
	if err != nil {
		common.Throw(rt, err)
	}
	took := time.Since(began)
	i.measure(i.vu.Context(), state, i.metrics.mint, a, took)
	out := &Minted{Acs: m.ACS, Fields: map[string]string{}, Xml: m.XML, Face: a.face, Person: a.person.Email, MintMs: milliseconds(took), a: a, form: m.Form}
	for k := range m.Form {
		out.Fields[k] = m.Form.Get(k)
	}
	return rt.ToValue(out).ToObject(rt)
}

// Post posts what mint() made, as a browser that comes from the identity
// provider would, and goes on until the page rests: saml.post(minted). What a
// script changes in the minted object is not posted.
func (i *instance) Post(minted sobek.Value) *Result {
	rt := i.vu.Runtime()
	state := i.state()
	var m *Minted
	if minted != nil {
		m, _ = minted.Export().(*Minted)
	}
	if m == nil || m.a == nil {
		common.Throw(rt, errors.New("saml: post() wants what mint() made"))
	}
	w, err := i.walk(state, m.a)
	if err != nil {
		common.Throw(rt, err)
	}
	to, err := url.Parse(m.a.stage.SP.ACS[0])
	if err != nil {
		common.Throw(rt, err)
	}
	w.out.MintMs = m.MintMs
	from, _ := url.Parse(m.a.stage.IdP.SSO()) // the mock's own address
	began := time.Now()
	w.drive(i.vu.Context(), posting(m.form, to, from))
	w.out.Ms = milliseconds(time.Since(began))
	w.prove(i.vu.Context())
	return i.told(i.vu.Context(), state, w, false)
}

// ready is the VU's state and what the script wants.
func (i *instance) ready(options sobek.Value) (*lib.State, *asked) {
	state := i.state()
	a, err := i.options(options, state)
	if err != nil {
		common.Throw(i.vu.Runtime(), err)
	}
	return state, a
}

func (i *instance) state() *lib.State {
	state := i.vu.State()
	if state == nil {
		common.Throw(i.vu.Runtime(), errors.New("saml: logins are made in the functions of a script, not at its top"))
	}
	return state
}

// reply is how the mock identity provider answers for this login: well.
func (a *asked) reply() idp.Reply {
	return idp.Reply{Person: a.person, SP: a.stage.SP, NameIDFormat: a.o.t.People.NameIDFormat, Rich: !a.o.t.People.Attributes.Plain}
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
