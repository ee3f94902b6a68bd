package samepage

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"

	wire "example.com/samepage/samlcheck/message"
)

// Samepage documents no single logout, so the stand-in has none unless
// Options.SLO says so. Then it is a good participant: it takes LogoutRequests
// and LogoutResponses by HTTP-Redirect and HTTP-POST, signed, and ends the
// sessions that are named, in whatever browser they are.

const (
	pathSLO        = "/saml/slo"
	logoutLifetime = 5 * time.Minute
)

// principal is what an IdP calls a session of ours.
type principal struct{ idp, nameID, format, index string }

// leaving is a LogoutRequest of ours that waits for its answer.
type leaving struct {
	session string
	idp     string
	expires time.Time
}

// logoutMessage is a message of single logout that has been read and verified.
type logoutMessage struct {
	root     *etree.Element
	idp      *idp
	relay    string
	hasRelay bool
}

// signOut sends the browser to its IdP with a LogoutRequest. It says false
// where there is nobody to ask, and nothing was written.
func (s *Server) signOut(w http.ResponseWriter, r *http.Request) bool {
	in, ok := s.current(r)
	if !ok || !s.opt.SLO || in.sort != signedIn || s.sloFlawed(SLOLocalOnly) || s.sloFlawed(SLODeclaredOnly) {
		return false
	}
	to := s.findIdP(in.who.subject.idp)
	if to == nil {
		return false
	}
	at := to.provider.GetSLOBindingLocation(saml.HTTPRedirectBinding)
	if at == "" {
		return false
	}
	id := "id-" + randomToken()
	if s.sloFlawed(SLOSameID) {
		id = "id-logout"
	}
	s.mu.Lock()
	s.leaving[id] = leaving{session: in.id, idp: to.entityID, expires: s.opt.Now().Add(logoutLifetime)}
	s.mu.Unlock()
	s.send(w, r, at, "SAMLRequest", s.logoutRequest(id, at, in.who.subject), "sp-"+randomToken(), !s.sloFlawed(SLOUnsignedAsking))
	return true
}

// logoutRequest composes the LogoutRequest for one session.
func (s *Server) logoutRequest(id, to string, who principal) *etree.Element {
	issuer := s.at("/saml/metadata")
	if s.sloFlawed(SLOWrongIssuer) {
		issuer = s.at("/somebody-else")
	}
	root := s.logoutRoot("LogoutRequest", id, to, issuer)
	name := root.CreateElement("saml:NameID")
	name.CreateAttr("xmlns:saml", nsAssertion)
	if who.format != "" {
		name.CreateAttr("Format", who.format)
	}
	name.SetText(who.nameID)
	if s.sloFlawed(SLOWrongNameID) {
		name.SetText(strings.ToUpper(who.nameID))
	}
	if who.index != "" && !s.sloFlawed(SLONoSessionIndex) {
		root.CreateElement("samlp:SessionIndex").SetText(who.index)
	}
	return root
}

func (s *Server) logoutRoot(tag, id, to, issuer string) *etree.Element {
	root := etree.NewElement("samlp:" + tag)
	root.CreateAttr("xmlns:samlp", nsProtocol)
	root.CreateAttr("ID", id)
	root.CreateAttr("Version", "2.0")
	root.CreateAttr("IssueInstant", s.opt.Now().UTC().Format("2006-01-02T15:04:05Z"))
	root.CreateAttr("Destination", to)
	by := root.CreateElement("saml:Issuer")
	by.CreateAttr("xmlns:saml", nsAssertion)
	by.SetText(issuer)
	return root
}

// send packs a message for HTTP-Redirect, with its signature over the query
// (SAML Bindings 3.4.4.1).
func (s *Server) send(w http.ResponseWriter, r *http.Request, to, param string, root *etree.Element, relay string, sign bool) {
	doc := etree.NewDocument()
	doc.SetRoot(root)
	raw, err := doc.WriteToBytes()
	if err != nil {
		s.logoutRefused(w, r, err)
		return
	}
	packed, err := deflate(raw)
	if err != nil {
		s.logoutRefused(w, r, err)
		return
	}
	query := param + "=" + url.QueryEscape(base64.StdEncoding.EncodeToString(packed))
	if relay != "" {
		query += "&RelayState=" + url.QueryEscape(relay)
	}
	if sign {
		query += "&SigAlg=" + url.QueryEscape("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256")
		sum := sha256.Sum256([]byte(query))
		value, err := rsa.SignPKCS1v15(nil, s.key, crypto.SHA256, sum[:])
		if err != nil {
			s.logoutRefused(w, r, err)
			return
		}
		query += "&Signature=" + url.QueryEscape(base64.StdEncoding.EncodeToString(value))
	}
	joint := "?"
	if strings.Contains(to, "?") {
		joint = "&"
	}
	http.Redirect(w, r, to+joint+query, http.StatusFound)
}

// slo takes messages of single logout.
func (s *Server) slo(w http.ResponseWriter, r *http.Request) {
	if !s.opt.SLO || s.sloFlawed(SLODeclaredOnly) {
		s.notFound(w, r)
		return
	}
	m, err := s.readLogout(r)
	if err == nil && is(m.root, nsProtocol, "LogoutRequest") {
		err = s.logoutAsked(w, r, m)
	} else if err == nil {
		err = s.logoutAnswered(w, r, m)
	}
	if err != nil {
		s.logoutRefused(w, r, err)
	}
}

func (s *Server) logoutRefused(w http.ResponseWriter, r *http.Request, err error) {
	s.mu.Lock()
	s.why = err
	s.mu.Unlock()
	s.page(w, r, http.StatusForbidden, "plain", view{Title: "Sign-out", Text: "The sign-out message was not accepted."})
}

// readLogout unpacks a message and verifies who sent it, as its kind demands.
func (s *Server) readLogout(r *http.Request) (*logoutMessage, error) {
	if err := r.ParseForm(); err != nil {
		return nil, fmt.Errorf("samepage: slo: %w", err)
	}
	var raw []byte
	var err error
	m := &logoutMessage{relay: r.Form.Get("RelayState"), hasRelay: r.Form.Has("RelayState")}
	if r.Method == http.MethodPost {
		raw, err = wire.DecodePost(r.PostForm.Get("SAMLRequest") + r.PostForm.Get("SAMLResponse"))
	} else {
		var packed *wire.Packed
		if packed, err = wire.DecodeRedirect(r.URL.RawQuery); err == nil {
			raw = packed.XML
		}
	}
	if err != nil {
		return nil, fmt.Errorf("samepage: slo: %w", err)
	}
	if m.root, err = parseStrict(raw); err != nil {
		return nil, err
	}
	request := is(m.root, nsProtocol, "LogoutRequest")
	if !request && !is(m.root, nsProtocol, "LogoutResponse") {
		return nil, fmt.Errorf("samepage: slo: the message is a %s", m.root.Tag)
	}
	if m.idp = s.findIdP(text(child(m.root, nsAssertion, "Issuer"))); m.idp == nil {
		return nil, errors.New("samepage: slo: the issuer is no idp of ours")
	}
	return m, s.verifyLogout(r, m, request)
}

// verifyLogout wants a good signature, save where a flaw does not.
func (s *Server) verifyLogout(r *http.Request, m *logoutMessage, request bool) error {
	noneWanted, anyKeyWanted := s.sloFlawed(SLOUnsignedAnswer), s.sloFlawed(SLOAnswerKey)
	if request {
		noneWanted, anyKeyWanted = s.sloFlawed(SLOUnsigned), s.sloFlawed(SLOAnyKey)
	}
	signed := child(m.root, nsSignature, "Signature") != nil
	var err error
	if r.Method == http.MethodPost {
		if signed {
			err = verify(m.root, nil, m.idp.certs)
		}
	} else {
		signed = r.URL.Query().Has("Signature")
		_, err = wire.VerifyRedirectSignature(r.URL.RawQuery, m.idp.certs)
	}
	switch {
	case !signed && noneWanted, signed && anyKeyWanted:
		return nil
	case !signed:
		return fmt.Errorf("%w of %s: there is none", errSignature, m.root.Tag)
	case err != nil:
		return fmt.Errorf("%w of %s: %w", errSignature, m.root.Tag, err)
	}
	return nil
}

// logoutAsked ends the sessions that a LogoutRequest names, and answers it.
func (s *Server) logoutAsked(w http.ResponseWriter, r *http.Request, m *logoutMessage) error {
	if err := s.logoutFits(m); err != nil {
		return err
	}
	name, err := s.named(m.root)
	if err != nil {
		return err
	}
	var indexes []string
	for _, e := range children(m.root, nsProtocol, "SessionIndex") {
		indexes = append(indexes, text(e))
	}
	s.endNamed(m.idp.entityID, name, indexes)
	at := m.idp.provider.GetSLOBindingLocation(saml.HTTPRedirectBinding)
	if at == "" {
		s.page(w, r, http.StatusOK, "plain", view{Title: "Signed out", Text: "You have been signed out."})
		return nil
	}
	answer := s.logoutRoot("LogoutResponse", "id-"+randomToken(), at, s.at("/saml/metadata"))
	to := m.root.SelectAttrValue("ID", "")
	if s.sloFlawed(SLOBadAnswer) {
		to = "id-of-nothing"
	}
	answer.CreateAttr("InResponseTo", to)
	answer.CreateElement("samlp:Status").CreateElement("samlp:StatusCode").CreateAttr("Value", saml.StatusSuccess)
	relay := m.relay
	if s.sloFlawed(SLORelay) {
		relay = ""
	}
	s.send(w, r, at, "SAMLResponse", answer, relay, true)
	return nil
}

// logoutFits judges where a LogoutRequest was sent, and when.
func (s *Server) logoutFits(m *logoutMessage) error {
	if to := m.root.SelectAttrValue("Destination", ""); to != "" && to != s.at(pathSLO) && !s.sloFlawed(SLODestination) {
		return fmt.Errorf("samepage: slo: destination %q", to)
	}
	if s.sloFlawed(SLOExpiry) {
		return nil
	}
	now := s.opt.Now()
	issued, err := time.Parse(time.RFC3339, m.root.SelectAttrValue("IssueInstant", ""))
	if err != nil || now.Sub(issued) > logoutLifetime || issued.Sub(now) > logoutLifetime {
		return errors.New("samepage: slo: issued at another time")
	}
	if end := m.root.SelectAttrValue("NotOnOrAfter", ""); end != "" {
		until, err := time.Parse(time.RFC3339, end)
		if err != nil || !now.Before(until.Add(saml.MaxClockSkew)) {
			return errors.New("samepage: slo: expired")
		}
	}
	return nil
}

// named reads whom a LogoutRequest is about.
func (s *Server) named(root *etree.Element) (string, error) {
	if id := child(root, nsAssertion, "NameID"); id != nil {
		return text(id), nil
	}
	sealed := child(root, nsAssertion, "EncryptedID")
	if sealed == nil || s.sloFlawed(SLONoEncryptID) {
		return "", errors.New("samepage: slo: no NameID")
	}
	id, err := s.openID(sealed)
	if err != nil {
		return "", err
	}
	return text(id), nil
}

// endNamed ends the person's sessions: those that are named, or all.
func (s *Server) endNamed(by, name string, indexes []string) {
	switch {
	case s.sloFlawed(SLOIgnores), s.sloFlawed(SLONeedsIndex) && len(indexes) == 0:
		return
	case s.sloFlawed(SLOAnyIndex):
		indexes = nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, in := range s.sessions {
		sub := in.who.subject
		if sub.idp == by && (sub.nameID == name || s.sloFlawed(SLOAnyNameID)) && (len(indexes) == 0 || slices.Contains(indexes, sub.index)) {
			delete(s.sessions, id)
		}
	}
}

// logoutAnswered ends the session that a LogoutRequest of ours was about. What
// the IdP says of the others changes nothing: this one is over.
func (s *Server) logoutAnswered(w http.ResponseWriter, r *http.Request, m *logoutMessage) error {
	to := m.root.SelectAttrValue("InResponseTo", "")
	s.mu.Lock()
	asked, ok := s.leaving[to]
	delete(s.leaving, to)
	s.mu.Unlock()
	switch {
	case !ok && s.sloFlawed(SLOAnyAnswer):
		asked.session = cookie(r, sessionCookie)
	case !ok || asked.idp != m.idp.entityID || s.opt.Now().After(asked.expires):
		return errors.New("samepage: slo: the answer to nothing that was asked")
	}
	code := child(child(m.root, nsProtocol, "Status"), nsProtocol, "StatusCode")
	success := code != nil && code.SelectAttrValue("Value", "") == saml.StatusSuccess
	said := "You have been signed out."
	if !success {
		said = "You have been signed out here. Your identity provider reports that you may still be signed in elsewhere."
	}
	if !s.sloFlawed(SLOKeepsSession) && (success || !s.sloFlawed(SLOPartial)) {
		s.end(w, asked.session)
	}
	s.page(w, r, http.StatusOK, "plain", view{Title: "Signed out", Text: said, Login: true})
	return nil
}
