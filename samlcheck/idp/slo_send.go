package idp

import (
	"bytes"
	"compress/flate"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // an option that administrators still have
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/transcript"
)

// reply is the LogoutResponse that ends a logout which a service provider began.
type reply struct {
	to                   SP
	inResponseTo, status string
	request              *transcript.Message
}

// farewell tells every participant but the one that began, in the front channel,
// and then answers that one; nil is a logout that began at the IdP.
func (d *desk) farewell(w http.ResponseWriter, p LogoutProfile, all []participant, began *reply) {
	v := d.view("")
	for _, at := range all {
		if began != nil && at.sp.EntityID == began.to.EntityID {
			continue
		}
		told, err := d.tell(p, at)
		if err != nil {
			d.fault(w, began, err)
			return
		}
		v.Leaving = append(v.Leaving, told)
	}
	if began == nil {
		v.Nonce = rand.Text()
		d.show(w, http.StatusOK, "signing-out", v)
		return
	}
	if err := d.respond(w, p, began, v); err != nil {
		d.fault(w, began, err)
	}
}

func (d *desk) fault(w http.ResponseWriter, began *reply, err error) {
	ex := Exchange{Fault: err.Error()}
	if began != nil {
		ex.Request = began.request
	}
	d.note("", ex)
	http.Error(w, "samlcheck: "+err.Error(), http.StatusInternalServerError)
}

// told is a participant, and where the browser has to go for it.
type told struct {
	EntityID string
	URL      string // "" where it takes no LogoutRequest by HTTP-Redirect
}

// tell makes the LogoutRequest for one participant.
func (d *desk) tell(p LogoutProfile, at participant) (told, error) {
	out := told{EntityID: at.sp.EntityID}
	if at.sp.Logout.Binding != "HTTP-Redirect" || at.sp.Logout.URL == "" {
		return out, nil
	}
	l := LogoutMessage{Destination: at.sp.Logout.URL, Subject: at.Subject, Now: d.idp.now().UTC()}
	var err error
	if l.ID, err = d.idp.id(p.NewID); err != nil {
		return out, err
	}
	doc := p.LogoutRequest(l)
	out.URL, err = d.idp.redirectTo(l.Destination, "SAMLRequest", doc, nil)
	if err != nil {
		return out, err
	}
	text, err := p.Serialize(doc)
	d.note(at.ref, Exchange{Sent: &transcript.Message{XML: string(text), Binding: "HTTP-Redirect", URL: l.Destination, Signed: "query"}})
	return out, err
}

// respond sends the LogoutResponse, by way of a page that tells the others first
// where there are any.
func (d *desk) respond(w http.ResponseWriter, p LogoutProfile, began *reply, v view) error {
	to := began.to.Logout.ResponseURL
	if to == "" {
		to = began.to.Logout.URL
	}
	l := LogoutMessage{Destination: to, InResponseTo: began.inResponseTo, Status: began.status, Now: d.idp.now().UTC()}
	var err error
	if l.ID, err = d.idp.id(p.NewID); err != nil {
		return err
	}
	doc := p.LogoutResponse(l)
	m := &transcript.Message{Binding: began.to.Logout.Binding, URL: to, Signed: "query"}
	var relay *string
	if began.request.HasRelayState {
		relay = &began.request.RelayState
		m.RelayState, m.HasRelayState = *relay, true
	}
	if m.Binding == "HTTP-POST" {
		m.Signed = "response"
		s := d.idp.signer()
		if err := forge.Sign(doc.Root(), s.Key, s.Cert, p.Style()); err != nil {
			return err
		}
	}
	text, err := p.Serialize(doc)
	if err != nil {
		return err
	}
	m.XML = string(text)
	if m.Binding == "HTTP-POST" {
		v.Post = base64.StdEncoding.EncodeToString(text)
	} else if v.Next, err = d.idp.redirectTo(to, "SAMLResponse", doc, relay); err != nil {
		return err
	}
	d.note("", Exchange{Request: began.request, Sent: m})
	switch {
	case len(v.Leaving) > 0:
		v.ACS, v.Relay, v.Nonce = to, relay, rand.Text()
		d.show(w, http.StatusOK, "signing-out", v)
	case v.Post != "":
		d.vendor(w, http.StatusOK, p.Deliver(to, v.Post, relay), "")
	default:
		w.Header().Set("Location", v.Next)
		w.WriteHeader(http.StatusFound)
	}
	return nil
}

// redirectTo packs a message for HTTP-Redirect, with its signature over the
// query (SAML Bindings 3.4.4.1).
func (i *IdP) redirectTo(to, param string, doc *etree.Document, relay *string) (string, error) {
	return i.redirectWith(i.signer(), to, param, doc, relay)
}

// redirectWith is redirectTo with another key; without one the message is not signed.
func (i *IdP) redirectWith(by Signer, to, param string, doc *etree.Document, relay *string) (string, error) {
	text, err := i.profile.Serialize(doc)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	deflate, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return "", err
	}
	if _, err := deflate.Write(text); err != nil {
		return "", err
	}
	if err := deflate.Close(); err != nil {
		return "", err
	}
	query := param + "=" + url.QueryEscape(base64.StdEncoding.EncodeToString(b.Bytes()))
	if relay != nil {
		query += "&RelayState=" + url.QueryEscape(*relay)
	}
	joint := "?"
	if strings.Contains(to, "?") {
		joint = "&"
	}
	if by.Key == nil {
		return to + joint + query, nil
	}
	alg, hash := "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", crypto.SHA256
	if i.profile.Style().SHA1 {
		alg, hash = "http://www.w3.org/2000/09/xmldsig#rsa-sha1", crypto.SHA1
	}
	query += "&SigAlg=" + url.QueryEscape(alg)
	value, err := rsa.SignPKCS1v15(nil, by.Key, hash, sum(hash, query))
	if err != nil {
		return "", fmt.Errorf("idp: sign: %w", err)
	}
	return to + joint + query + "&Signature=" + url.QueryEscape(base64.StdEncoding.EncodeToString(value)), nil
}

func sum(h crypto.Hash, text string) []byte {
	if h == crypto.SHA1 {
		s := sha1.Sum([]byte(text)) //nolint:gosec // see the import
		return s[:]
	}
	s := sha256.Sum256([]byte(text))
	return s[:]
}
