package idp

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

// largest is how much of a request's body is read, in bytes. It holds the largest
// message that package message unpacks, in base64 and URL encoding; no real
// AuthnRequest comes near.
const largest = 2 * message.MaxMessage

var errTooLarge = fmt.Errorf("the posted form is larger than %d bytes", largest)

const (
	pageType     = "text/html;charset=utf-8"
	metadataType = "application/xml;charset=utf-8"
)

// player answers the IdP's hosts for one browser.
type player struct {
	idp   *IdP
	reply Reply
	base  http.RoundTripper

	mu        sync.Mutex
	exchanges []Exchange
}

// Exchanges implements Player.
func (p *player) Exchanges() []Exchange {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.exchanges)
}

// RoundTrip implements http.RoundTripper.
func (p *player) RoundTrip(r *http.Request) (*http.Response, error) {
	if !slices.Contains(p.idp.hosts, hostOf(r.URL)) {
		if p.base == nil {
			return nil, fmt.Errorf("idp: %s is not this IdP's, and there is no way to it", r.URL.Host)
		}
		return p.base.RoundTrip(r)
	}
	if r.Method == http.MethodGet && r.URL.Path == pathOf(p.idp.MetadataURL()) {
		doc, err := p.idp.metadataAt(r.URL)
		if err != nil {
			return nil, err
		}
		return page(r, http.StatusOK, metadataType, doc), nil
	}
	form, err := formOf(r)
	var status int
	var body []byte
	var ex Exchange
	switch {
	case errors.Is(err, errTooLarge):
		ex.Refusal = err.Error()
		status, body = p.idp.refuse(Refusal{Kind: BadRequest, Detail: ex.Refusal})
	case err != nil:
		return nil, fmt.Errorf("idp: read the request: %w", err)
	default:
		status, body, ex = p.idp.answer(r.Method, r.URL, form, p.reply)
	}
	p.mu.Lock()
	p.exchanges = append(p.exchanges, ex)
	p.mu.Unlock()
	return page(r, status, pageType, body), nil
}

// formOf reads what was posted, bounded, and closes the body as a transport must.
func formOf(r *http.Request) (url.Values, error) {
	if r.Body == nil {
		return nil, nil
	}
	raw, err := io.ReadAll(io.LimitReader(r.Body, largest+1))
	if cerr := r.Body.Close(); err == nil {
		err = cerr
	}
	if len(raw) > largest {
		return nil, errTooLarge
	}
	if err != nil || r.Method != http.MethodPost {
		return nil, err
	}
	form, _ := url.ParseQuery(string(raw)) // what cannot be parsed is not a SAML form
	return form, nil
}

func page(r *http.Request, status int, kind string, body []byte) *http.Response {
	return &http.Response{
		StatusCode: status, Status: fmt.Sprintf("%d %s", status, http.StatusText(status)),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{
			"Content-Type": {kind}, "Cache-Control": {"no-cache, no-store"},
			"X-Mock-Idp": {"samlcheck"},
		},
		Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)),
	}
}

// answer is the IdP's whole behaviour towards one request of a browser.
func (i *IdP) answer(method string, u *url.URL, form url.Values, r Reply) (status int, body []byte, ex Exchange) {
	sp := r.app()
	r.NameIDFormat = sp.NameIDFormat
	a, request, refusal := i.read(method, u, form, sp)
	ex.Request = request
	if refusal == nil && r.Directory != nil {
		r.Person, refusal = r.Directory.admits(r.Person)
	}
	if refusal != nil {
		status, body = i.refuse(*refusal)
		ex.Refusal = refusal.Detail
		return status, body, ex
	}
	m, err := i.mint(r, a)
	if err != nil {
		ex.Fault = err.Error()
		return http.StatusInternalServerError, []byte("<!doctype html><!-- samlcheck: a mock --><title>Mock failure</title><p>samlcheck could not make the response"), ex
	}
	ex.Sent, ex.Subject, ex.Form = m.Sent, m.Subject, map[string]string{}
	for k := range m.Form {
		ex.Form[k] = m.Form.Get(k)
	}
	return http.StatusOK, i.profile.Deliver(m.ACS, m.Form.Get("SAMLResponse"), m.relay()), ex
}

// read understands a browser's request: a launch, or an AuthnRequest by either
// binding.
func (i *IdP) read(method string, u *url.URL, form url.Values, sp SP) (a asked, m *transcript.Message, no *Refusal) {
	if len(sp.ACS) == 0 {
		return a, nil, &Refusal{Kind: UnknownSP, Detail: "no service provider is configured"}
	}
	a.acs = sp.ACS[0]
	q := u.Query()
	if q.Has("RelayState") {
		v := q.Get("RelayState")
		a.relay = &v
	}
	switch sso := pathOf(i.profile.SSO()); {
	case u.Path == pathOf(i.profile.Launch()):
		return a, nil, i.launches(sp)
	case u.Path != sso:
		return a, nil, &Refusal{Kind: NotFound, Detail: "there is no page " + u.Path}
	case !strings.Contains(u.RawQuery, "SAMLRequest=") && !form.Has("SAMLRequest"):
		// Looked for in the raw query, because one that cannot be decoded is a bad
		// request and not the start of an IdP-initiated login.
		return a, nil, i.profile.Accepts(nil, sp)
	}
	m, err := unpack(method, u, form)
	if err != nil {
		return a, m, &Refusal{Kind: BadRequest, Detail: err.Error()}
	}
	req, err := message.ParseAuthnRequest([]byte(m.XML))
	if err != nil {
		return a, m, &Refusal{Kind: BadRequest, Detail: err.Error()}
	}
	if no := i.indexed(req, sp); no != nil {
		return a, m, no
	}
	if no := i.profile.Accepts(req, sp); no != nil {
		return a, m, no
	}
	if no := i.signedBy(req, m, sp); no != nil {
		return a, m, no
	}
	return a.of(req, m), m, nil
}

// of is what the request asks for. The URL that it names has been accepted.
func (a asked) of(req *message.AuthnRequest, m *transcript.Message) asked {
	a.id, a.relay, a.force, a.passive = req.ID, nil, req.ForceAuthn, req.IsPassive
	if m.HasRelayState {
		a.relay = &m.RelayState
	}
	if req.ACSURL != "" {
		a.acs = req.ACSURL
	}
	if p := req.NameIDPolicy; p != nil {
		a.format = p.Format
	}
	if c := req.RequestedAuthnContext; c != nil && len(c.Classes) > 0 {
		a.context = c.Classes[0]
	}
	return a
}

// unpack writes down the request as it came over the wire.
func unpack(method string, u *url.URL, form url.Values) (*transcript.Message, error) {
	at := *u
	at.RawQuery, at.Fragment = "", ""
	m := &transcript.Message{URL: at.String()}
	if method == http.MethodPost {
		m.Binding, m.RelayState, m.HasRelayState = "HTTP-POST", form.Get("RelayState"), form.Has("RelayState")
		if len(form["SAMLRequest"]) > 1 {
			return m, errors.New("SAMLRequest stands twice in the form")
		}
		raw, err := message.DecodePost(form.Get("SAMLRequest"))
		m.XML = string(raw)
		return m, err
	}
	q := u.Query()
	m.Binding, m.RelayState, m.HasRelayState, m.Query = "HTTP-Redirect", q.Get("RelayState"), q.Has("RelayState"), u.RawQuery
	packed, err := message.DecodeRedirect(u.RawQuery)
	if err != nil {
		return m, err
	}
	m.XML = string(packed.XML)
	return m, nil
}

// hostOf is a URL's host as it is compared: in lower case, without the scheme's
// own port.
func hostOf(u *url.URL) string {
	host := strings.ToLower(u.Host)
	switch u.Scheme {
	case "https":
		return strings.TrimSuffix(host, ":443")
	case "http":
		return strings.TrimSuffix(host, ":80")
	}
	return host
}

func pathOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw // New has parsed it before
	}
	return u.Path
}
