package samepage

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"
)

// stateCookie binds requests to a browser, so that nobody can be signed in as
// somebody else with a response to another's request.
const stateCookie = "samepage_state"

const requestLifetime = 10 * time.Minute

// request is an AuthnRequest that waits for its answer. The RelayState that
// goes with it is opaque and means nothing to us when it comes back: every
// login ends at home, so there is nothing that a forged one could redirect.
type request struct {
	idp     string
	browser string
	expires time.Time
	used    bool
}

// loginBySSO sends the browser to the IdP, or lets it choose among several.
func (s *Server) loginBySSO(w http.ResponseWriter, r *http.Request) {
	if s.withoutSSO(w, r) {
		return
	}
	if s.defective(DefectNoRequest) {
		s.page(w, r, http.StatusOK, "discover", view{Title: "Log in", Text: "We do not know your organisation."})
		return
	}
	ids := s.idpIDs()
	wanted := r.URL.Query().Get("idp")
	if wanted == "" && len(ids) == 1 {
		wanted = ids[0]
	}
	if len(ids) == 0 {
		s.page(w, r, http.StatusNotFound, "plain", view{Title: "Single sign-on", Text: "Single sign-on has not been set up."})
		return
	}
	if wanted == "" {
		s.page(w, r, http.StatusOK, "chooser", view{Title: "Choose your identity provider", Data: ids})
		return
	}
	chosen := s.findIdP(wanted)
	if chosen == nil {
		s.page(w, r, http.StatusNotFound, "plain", view{Title: "Single sign-on", Text: "This identity provider is not known here."})
		return
	}
	if err := s.ask(w, r, chosen); err != nil {
		s.page(w, r, http.StatusNotFound, "plain", view{Title: "Single sign-on", Text: "The identity provider cannot be reached."})
	}
}

// ask sends the browser to the IdP with a new AuthnRequest.
func (s *Server) ask(w http.ResponseWriter, r *http.Request, to *idp) error {
	if r.URL.Query().Get("binding") == "post" {
		asked, err := s.newRequest(w, r, to, saml.HTTPPostBinding)
		if err == nil {
			s.postRequest(w, asked)
		}
		return err
	}
	where, err := s.redirectTo(w, r, to)
	if err != nil {
		return err
	}
	http.Redirect(w, r, where, http.StatusFound)
	return nil
}

// redirectTo is the address at the IdP that carries a new AuthnRequest.
func (s *Server) redirectTo(w http.ResponseWriter, r *http.Request, to *idp) (string, error) {
	asked, err := s.newRequest(w, r, to, saml.HTTPRedirectBinding)
	if err != nil {
		return "", err
	}
	where, err := asked.Redirect("sp-"+randomToken(), &to.provider)
	if err != nil {
		return "", fmt.Errorf("samepage: send request: %w", err)
	}
	return where.String(), nil
}

// newRequest makes an AuthnRequest, and binds it to this browser by a cookie.
func (s *Server) newRequest(w http.ResponseWriter, r *http.Request, to *idp, binding string) (*saml.AuthnRequest, error) {
	sp := to.provider
	if s.opt.AsksContext {
		sp.RequestedAuthnContext = &saml.RequestedAuthnContext{Comparison: "exact", AuthnContextClassRef: passwordProtected}
	}
	asked, err := sp.MakeAuthenticationRequest(sp.GetSSOBindingLocation(binding), binding, saml.HTTPPostBinding)
	if err != nil {
		return nil, fmt.Errorf("samepage: make request: %w", err)
	}
	browser := cookie(r, stateCookie)
	if len(browser) != 32 {
		browser = randomToken()
	}
	now := s.opt.Now()
	s.mu.Lock()
	sweep(s.requests, func(q *request) bool { return now.After(q.expires) })
	s.requests[asked.ID] = &request{idp: to.entityID, browser: browser, expires: now.Add(requestLifetime)}
	s.mu.Unlock()
	c := s.newCookie(stateCookie, browser)
	c.MaxAge = int(requestLifetime.Seconds())
	if s.quirky(QuirkLaxState) || s.defective(DefectLaxRequest) {
		c.SameSite = http.SameSiteLaxMode
	}
	http.SetCookie(w, c)
	return asked, nil
}

// matchRequest finds the request that is answered. A response that answers
// none must not say that it does, at either of its places.
func (s *Server) matchRequest(j *judging) error {
	if s.quirky(QuirkLaxState) && j.browser == "" {
		return errors.New("samepage: the state cookie is missing")
	}
	if j.again || s.flawed(FlawInResponseTo) {
		return nil
	}
	id, err := s.answered(j)
	if id == "" || err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	q := s.requests[id]
	switch {
	case q == nil:
		return fmt.Errorf("samepage: in response to %q, which was not asked", id)
	case j.now.After(q.expires):
		return errors.New("samepage: the request is too old")
	case q.idp != j.idp.entityID:
		return errors.New("samepage: another idp was asked")
	case q.browser != j.browser && !s.flawed(FlawOtherBrowser):
		return errors.New("samepage: another browser has asked")
	case q.used:
		return errors.New("samepage: the request was answered before")
	}
	j.answers = id
	return nil
}

// answered is the request that the response says it answers, at both of its
// places alike; "" when it says so at neither.
func (s *Server) answered(j *judging) (string, error) {
	var places []*etree.Element
	if !s.flawed(FlawResponseInResponseTo) {
		places = append(places, j.root)
	}
	if !s.flawed(FlawConfirmationInResponseTo) {
		places = append(places, j.data()...)
	}
	id := ""
	for i, p := range places {
		said := value(p, "InResponseTo")
		switch {
		case said == "" && has(p, "InResponseTo"):
			return "", errors.New("samepage: in response to nothing")
		case i > 0 && said != id:
			return "", fmt.Errorf("samepage: in response to %q, and to %q", id, said)
		}
		id = said
	}
	return id, nil
}

// claim uses up the assertion and the request. It is one step, so that of two
// equal responses at the same moment only one gets in.
func (s *Server) claim(j *judging) error {
	key := seenAs(j.message)
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, seen := s.seen[key]; seen && !s.flawed(FlawReplay) {
		return errors.New("samepage: the assertion was accepted before")
	}
	if q := s.requests[j.answers]; q != nil {
		if q.used && !j.again {
			return errors.New("samepage: the request was answered before")
		}
		q.used = true
	}
	sweep(s.seen, func(until time.Time) bool { return j.now.After(until) })
	s.seen[key] = s.replayable(j)
	return nil
}

// replayable says until when an assertion must be remembered: as long as it
// would be accepted by its times.
func (s *Server) replayable(j *judging) time.Time {
	until := j.now.Add(time.Hour)
	for _, data := range j.data() {
		if t, err := moment(value(data, "NotOnOrAfter")); err == nil && t.Add(2*saml.MaxClockSkew).After(until) {
			until = t.Add(2 * saml.MaxClockSkew)
		}
	}
	return until
}

func (s *Server) hasSeen(m *message) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.seen[seenAs(m)]
	return ok
}

// seenAs names an assertion among those that were accepted: by its ID, or by
// all of the message where it has none.
func seenAs(m *message) string {
	if id := value(m.content, "ID"); id != "" {
		return m.idp.entityID + " " + id
	}
	sum := sha256.Sum256(m.raw)
	return m.idp.entityID + " without ID " + hex.EncodeToString(sum[:])
}
