package samepage

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/crewjam/saml"
)

// startRoutes are further ways to begin a login at the SP, as real ones have
// them: a page that asks for an address first, a form that a script on another
// page posts, and an API that answers with where to go.
func (s *Server) startRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /login/discover", func(w http.ResponseWriter, r *http.Request) {
		s.page(w, r, http.StatusOK, "discover", view{Title: "Log in"})
	})
	mux.HandleFunc("POST /login/discover", s.discovered)
	mux.HandleFunc("POST /api/login", s.loginByAPI)
}

// discovered finds the IdP by the domain of the address, and never says whether
// there is an account: the domain is public, the people are not.
func (s *Server) discovered(w http.ResponseWriter, r *http.Request) {
	if s.csrf.Check(r) != nil {
		s.page(w, r, http.StatusForbidden, "plain", view{Title: "Log in", Text: "This form came from another site."})
		return
	}
	to := s.idpFor(r.PostFormValue("email"))
	if to == nil {
		s.page(w, r, http.StatusOK, "discover", view{Title: "Log in", Text: "Single sign-on is not set up for this address."})
		return
	}
	if err := s.ask(w, r, to); err != nil {
		s.page(w, r, http.StatusNotFound, "plain", view{Title: "Single sign-on", Text: "The identity provider cannot be reached."})
	}
}

func (s *Server) loginByAPI(w http.ResponseWriter, r *http.Request) {
	var who struct {
		Email string `json:"email"`
	}
	if err := json.NewDecoder(r.Body).Decode(&who); err != nil {
		answer(w, http.StatusBadRequest, map[string]string{"error": "the body is not JSON with an email"})
		return
	}
	to := s.idpFor(who.Email)
	if to == nil {
		answer(w, http.StatusNotFound, map[string]string{"error": "single sign-on is not set up for this address"})
		return
	}
	where, err := s.redirectTo(w, r, to)
	if err != nil {
		answer(w, http.StatusNotFound, map[string]string{"error": "the identity provider cannot be reached"})
		return
	}
	answer(w, http.StatusOK, map[string]any{"next": map[string]string{"kind": "saml", "url": where}})
}

// idpFor is the identity provider of an address's domain: the one that is
// registered, for whoever has an address that is no public mailbox.
func (s *Server) idpFor(email string) *idp {
	_, domain, ok := strings.Cut(email, "@")
	ids := s.idpIDs()
	if !ok || domain == "" || strings.HasPrefix(domain, "mail.") || len(ids) != 1 {
		return nil
	}
	return s.findIdP(ids[0])
}

// postRequest sends the AuthnRequest by HTTP-POST, in a form that sends itself.
func (s *Server) postRequest(w http.ResponseWriter, asked *saml.AuthnRequest) {
	form := asked.Post("sp-" + randomToken())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = fmt.Fprintf(w, "<!doctype html><title>Redirecting</title><body>%s</body>", form) // the browser may have gone
}
