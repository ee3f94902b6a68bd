package idp

import (
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"slices"
	"sync"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

// Parting is how the IdP takes part in one single logout of one browser. Whoever
// asks for it is answered: what is asked here is what the service provider does.
type Parting struct {
	SP      SP
	Subject Subject          // whom the IdP's own LogoutRequest names
	Status  string           // of its LogoutResponse, beneath Responder; "" is Success
	Silent  bool             // show a page in place of a LogoutResponse
	Relay   string           // RelayState of its LogoutRequest; "" none
	Encrypt bool             // its LogoutRequest carries an EncryptedID
	Forge   []forge.Mutation // spoils what it sends
}

// ErrNoLogout says that there is nowhere to send a logout message to.
var ErrNoLogout = errors.New("idp: the service provider's metadata has no SingleLogoutService for HTTP-Redirect or HTTP-POST")

// A Parted is a Player for a logout. What it heard and sent stands in Logout.
type Parted struct {
	idp     *IdP
	profile LogoutProfile
	with    Parting
	base    http.RoundTripper

	mu    sync.Mutex
	seen  transcript.Logout
	fault string
}

// Part returns the transport of a browser that signs out.
func (i *IdP) Part(p Parting, base http.RoundTripper) (*Parted, error) {
	profile, ok := i.profile.(LogoutProfile)
	if !ok {
		return nil, fmt.Errorf("idp: the face %s does no single logout", i.Name())
	}
	return &Parted{idp: i, profile: profile, with: p, base: base}, nil
}

// Exchanges implements Player; logout is none of its exchanges.
func (*Parted) Exchanges() []Exchange { return nil }

// Logout is what was exchanged so far, and why the mock itself failed, "" when
// it did not.
func (p *Parted) Logout() (*transcript.Logout, string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	seen := p.seen
	return &seen, p.fault
}

// Request makes the IdP's own LogoutRequest. The form is nil where it goes by
// HTTP-Redirect, in the URL. Without an endpoint the error is ErrNoLogout.
func (p *Parted) Request() (to string, form url.Values, err error) {
	at := p.with.SP.Logout
	if at.URL == "" {
		return "", nil, ErrNoLogout
	}
	l := LogoutMessage{Destination: at.URL, Subject: p.with.Subject, Now: p.idp.now().UTC()}
	if l.ID, err = p.idp.id(p.profile.NewID); err != nil {
		return "", nil, err
	}
	doc := p.profile.LogoutRequest(l)
	var relay *string
	if p.with.Relay != "" {
		relay = &p.with.Relay
	}
	return p.send(doc, at.Binding, at.URL, "SAMLRequest", relay)
}

// send spoils, signs and packs a message, and writes it down.
func (p *Parted) send(doc *etree.Document, binding, to, param string, relay *string) (string, url.Values, error) {
	ctx := forge.Context{NewID: func() string { return "_other" }}
	if err := apply(doc, p.with.Forge, forge.BeforeSigning, ctx); err != nil {
		return "", nil, err
	}
	if p.with.Encrypt && param == "SAMLRequest" {
		if err := p.seal(doc.Root()); err != nil {
			return "", nil, err
		}
	}
	by, err := p.signer()
	if err != nil {
		return "", nil, err
	}
	m := &transcript.Message{Binding: binding, URL: to}
	if relay != nil {
		m.RelayState, m.HasRelayState = *relay, true
	}
	for _, f := range p.with.Forge {
		m.Changed = append(m.Changed, f.Name)
	}
	form := url.Values(nil)
	if binding == "HTTP-POST" {
		if by.Key != nil {
			m.Signed = "response"
			if err := forge.Sign(doc.Root(), by.Key, by.Cert, p.profile.Style()); err != nil {
				return "", nil, err
			}
		}
	} else {
		m.Signed = "query"
		if to, err = p.idp.redirectWith(by, to, param, doc, relay); err != nil {
			return "", nil, err
		}
	}
	text, err := p.profile.Serialize(doc)
	if err != nil {
		return "", nil, err
	}
	m.XML = string(text)
	if binding == "HTTP-POST" {
		form = url.Values{param: {base64.StdEncoding.EncodeToString(text)}}
		if relay != nil {
			form.Set("RelayState", *relay)
		}
	}
	p.mu.Lock()
	p.seen.Sent = m
	p.mu.Unlock()
	return to, form, nil
}

func (p *Parted) seal(request *etree.Element) error {
	if len(p.with.SP.Encryption) == 0 {
		return errors.New("idp: the service provider's metadata has no certificate to encrypt for")
	}
	return forge.EncryptID(request, forge.Encryption{
		Cert: p.with.SP.Encryption, Data: p.idp.profile.Admin().Data, Santuario: p.profile.Style().Santuario,
	}, p.idp.rand)
}

// signer is the key that the faults ask for; none is no signature.
func (p *Parted) signer() (Signer, error) {
	for _, f := range p.with.Forge {
		switch {
		case f.Stage != forge.Signing:
		case f.Sign == forge.SignNothing:
			return Signer{}, nil
		case f.Sign != forge.SignWell:
			return p.idp.stranger()
		}
	}
	return p.idp.signer(), nil
}

// RoundTrip implements http.RoundTripper.
func (p *Parted) RoundTrip(r *http.Request) (*http.Response, error) {
	if !slices.Contains(p.idp.hosts, hostOf(r.URL)) {
		return p.base.RoundTrip(r)
	}
	form, err := formOf(r)
	if err != nil {
		return nil, fmt.Errorf("idp: read the request: %w", err)
	}
	r.PostForm = form
	m, err := unpackEither(r)
	if err != nil {
		return page(r, http.StatusOK, pageType, notice("Sign in", p.idp.EntityID())), nil //nolint:nilerr // no logout message: an empty desk
	}
	t, err := message.ParseTree([]byte(m.XML))
	if err != nil {
		return page(r, http.StatusBadRequest, pageType, notice("Bad request", err.Error())), nil //nolint:nilerr // told to the browser
	}
	signature := p.verified(m, t.Root)
	request := message.Is(t.Root, message.NSProtocol, "LogoutRequest")
	if !request && !message.Is(t.Root, message.NSProtocol, "LogoutResponse") {
		return page(r, http.StatusOK, pageType, notice("Sign in", p.idp.EntityID())), nil
	}
	p.mu.Lock()
	p.seen.Heard, p.seen.Signature = m, signature
	p.mu.Unlock()
	if !request || p.with.Silent || p.with.SP.Logout.URL == "" {
		return page(r, http.StatusOK, pageType, notice("Signed out", "You are signed out.")), nil
	}
	return p.answer(r, m, t.Root)
}

func (p *Parted) verified(m *transcript.Message, root *etree.Element) string {
	if len(p.with.SP.Certs) == 0 {
		return transcript.SignatureOpen
	}
	switch err := verify(m, message.ReadSignature(root), p.with.SP.Certs); {
	case err == nil:
		return transcript.SignatureGood
	case errors.Is(err, message.ErrUnsigned):
		return transcript.SignatureNone
	default:
		return err.Error()
	}
}

// answer sends the LogoutResponse by way of the browser.
func (p *Parted) answer(r *http.Request, m *transcript.Message, root *etree.Element) (*http.Response, error) {
	at := p.with.SP.Logout
	to := at.ResponseURL
	if to == "" {
		to = at.URL
	}
	l := LogoutMessage{Destination: to, Status: Success, Now: p.idp.now().UTC()}
	l.InResponseTo, _ = message.Attr(root, "ID")
	id, err := p.idp.id(p.profile.NewID)
	l.ID = id
	var form url.Values
	if err == nil {
		doc := p.profile.LogoutResponse(l)
		p.grade(doc.Root())
		var relay *string
		if m.HasRelayState {
			relay = &m.RelayState
		}
		to, form, err = p.send(doc, at.Binding, to, "SAMLResponse", relay)
	}
	if err != nil {
		p.mu.Lock()
		p.fault = err.Error()
		p.mu.Unlock()
		return page(r, http.StatusInternalServerError, pageType, notice("Mock failure", err.Error())), nil
	}
	if form == nil {
		resp := page(r, http.StatusFound, pageType, nil)
		resp.Header.Set("Location", to)
		return resp, nil
	}
	var relay *string
	if form.Has("RelayState") {
		v := form.Get("RelayState")
		relay = &v
	}
	return page(r, http.StatusOK, pageType, p.profile.Deliver(to, form.Get("SAMLResponse"), relay)), nil
}

// grade gives a response the status that was asked for, in its second level
// (SAML Core 3.2.2.2): PartialLogout may only stand there.
func (p *Parted) grade(root *etree.Element) {
	if p.with.Status == "" {
		return
	}
	code := message.Child(message.Child(root, message.NSProtocol, "Status"), message.NSProtocol, "StatusCode")
	if code == nil {
		return
	}
	code.CreateAttr("Value", "urn:oasis:names:tc:SAML:2.0:status:Responder")
	inner := code.CreateElement("StatusCode")
	inner.Space = code.Space
	inner.CreateAttr("Value", p.with.Status)
}

func notice(title, words string) []byte {
	return fmt.Appendf(nil, "<!doctype html><!-- samlcheck mock identity provider --><title>%s</title><h1>%s</h1><p>%s</p>",
		title, title, html.EscapeString(words))
}

// LogoutOf is the endpoint of a service provider's metadata to which logout
// messages go: by HTTP-Redirect where that is offered, else by HTTP-POST.
func LogoutOf(doc *metadata.Doc) Endpoint { return logoutOf(doc.SLO(doc.SP())) }
