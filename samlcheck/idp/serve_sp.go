package idp

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

// ReadSP takes entityID, POST endpoints, signing certificates and the logout
// endpoint out of a service provider's metadata; the default endpoint comes first. The source is a file name or URL, for errors.
func ReadSP(raw []byte, source string) (SP, error) {
	doc, err := metadata.Parse(raw, source)
	if err != nil {
		return SP{}, fmt.Errorf("idp: %w", err)
	}
	if err := metadata.RequireSP(doc); err != nil {
		return SP{}, fmt.Errorf("idp: %w", err)
	}
	sp := SP{EntityID: doc.EntityID()}
	if def, ok := doc.DefaultACS(); ok {
		sp.ACS = append(sp.ACS, def.Location)
	}
	for _, e := range doc.ACS() {
		if e.Binding == "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" && (len(sp.ACS) == 0 || e.Location != sp.ACS[0]) {
			sp.ACS = append(sp.ACS, e.Location)
		}
	}
	for _, c := range doc.SigningCertificates(doc.SP()) {
		sp.Certs = append(sp.Certs, c.Raw)
	}
	sp.Encryption, sp.Indexes = EncryptionOf(doc), IndexesOf(doc)
	sp.Logout = logoutOf(doc.SLO(doc.SP()))
	if len(sp.ACS) == 0 {
		return SP{}, fmt.Errorf("idp: %s offers no AssertionConsumerService that takes HTTP-POST", source)
	}
	return sp, nil
}

// logoutOf is where logout messages go: by HTTP-Redirect where that is offered,
// else by HTTP-POST.
func logoutOf(offered []metadata.Endpoint) (to Endpoint) {
	for _, name := range []string{"HTTP-POST", "HTTP-Redirect"} {
		for _, e := range offered {
			if e.Binding == "urn:oasis:names:tc:SAML:2.0:bindings:"+name {
				to = Endpoint{Binding: name, URL: e.Location, ResponseURL: e.ResponseLocation}
				break
			}
		}
	}
	return to
}

const configure = "start the IdP with the service provider's metadata"

// spOf is the service provider that is to be answered: the configured one; else
// the one that the request came from; else, at an IdP-initiated start, the last
// one of those. The request's form has been parsed.
func (d *desk) spOf(r *http.Request) (SP, *transcript.Message, *Refusal) {
	sso := r.URL.Path == pathOf(d.idp.SSO())
	switch {
	case len(d.with.SP.ACS) > 0:
		return d.named(r), nil, nil
	case !sso && r.URL.Path != pathOf(d.idp.Launch()):
		return SP{}, nil, &Refusal{Kind: NotFound, Detail: "there is no page " + r.URL.Path}
	case sso && r.Form.Has("SAMLRequest"):
		return d.learn(r)
	}
	if sp := d.sp(); len(sp.ACS) > 0 {
		return d.app(sp), nil, nil
	}
	return SP{}, nil, &Refusal{Kind: UnknownSP, Detail: "no service provider is known yet: " + configure + ", or begin at a service provider on this machine"}
}

// named is the configured app that the request is for: the only one; of several
// the one that the request's Issuer names, or at an IdP-initiated start the
// parameter sp. What names none of them is for the first, which the vendor then
// judges.
func (d *desk) named(r *http.Request) SP {
	first := d.app(d.with.SP)
	if len(d.with.More) == 0 {
		return first
	}
	want := r.Form.Get("sp")
	if m, err := unpack(r.Method, r.URL, r.PostForm); err == nil {
		if req, err := message.ParseAuthnRequest([]byte(m.XML)); err == nil {
			want = req.Issuer
		}
	}
	for _, sp := range d.with.More {
		if want != "" && sp.EntityID == want {
			return d.app(sp)
		}
	}
	return first
}

// app is an app with the NameID format that holds for all of them.
func (d *desk) app(sp SP) SP {
	if sp.NameIDFormat == "" {
		sp.NameIDFormat = d.with.NameIDFormat
	}
	return sp
}

// learn takes the service provider from its request.
func (d *desk) learn(r *http.Request) (SP, *transcript.Message, *Refusal) {
	m, err := unpack(r.Method, r.URL, r.PostForm)
	if err != nil {
		return SP{}, m, &Refusal{Kind: BadRequest, Detail: err.Error()}
	}
	req, err := message.ParseAuthnRequest([]byte(m.XML))
	if err != nil {
		return SP{}, m, &Refusal{Kind: BadRequest, Detail: err.Error()}
	}
	no := &Refusal{Kind: UnknownSP, Issuer: req.Issuer, ACS: req.ACSURL}
	switch {
	case req.ACSURL == "":
		no.Detail = "no service provider is configured, and the request names no AssertionConsumerServiceURL: " + configure
		return SP{}, m, no
	case !loopback(req.ACSURL):
		no.Detail = "no service provider is configured, and the request asks for an answer to " + req.ACSURL + ", which is not this machine: " + configure
		return SP{}, m, no
	}
	sp := SP{EntityID: req.Issuer, ACS: []string{req.ACSURL}}
	d.mu.Lock()
	d.learned = sp
	d.mu.Unlock()
	return d.app(sp), m, nil
}

// sp is the configured service provider, or the last one that was learned.
func (d *desk) sp() SP {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.with.SP.ACS) > 0 {
		return d.with.SP
	}
	return d.learned
}

// loopback says whether a URL leads to this machine and nowhere else.
func loopback(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	host := strings.ToLower(u.Hostname())
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
}
