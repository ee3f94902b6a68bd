package samepage

import (
	"cmp"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// adminCookie keeps an admin signed in. It is SameSite=Strict: nothing of
// SAML ever comes to the admin pages from another site.
const adminCookie = "samepage_admin"

func (s *Server) adminRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /admin/login", s.adminLogin)
	mux.HandleFunc("POST /admin/login", s.adminLoggedIn)
	mux.HandleFunc("GET /admin/security/sso", s.adminOnly(s.adminSSO))
	mux.HandleFunc("POST /admin/security/sso", s.adminOnly(s.adminUpload))
	mux.HandleFunc("GET /admin/members", s.adminOnly(s.adminMembers))
	mux.HandleFunc("POST /admin/members", s.adminOnly(s.adminChange))
	s.apiRoutes(mux)
}

func (s *Server) isToken(given string) bool {
	return subtle.ConstantTimeCompare([]byte(given), []byte(s.opt.AdminToken)) == 1
}

// adminOnly lets through who has signed in as admin or brings the token.
func (s *Server) adminOnly(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		until, ok := s.admins[cookie(r, adminCookie)]
		s.mu.Unlock()
		token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !s.isToken(token) && (!ok || s.opt.Now().After(until)) {
			http.Redirect(w, r, "/admin/login?next="+r.URL.Path, http.StatusSeeOther)
			return
		}
		if s.csrf.Check(r) != nil {
			s.page(w, r, http.StatusForbidden, "plain", view{Title: "Admin", Text: "This form came from another site."})
			return
		}
		next(w, r)
	}
}

// adminPage keeps the way back after signing in to the pages there are.
func adminPage(next string) string {
	if next == "/admin/members" {
		return next
	}
	return "/admin/security/sso"
}

func (s *Server) adminLogin(w http.ResponseWriter, r *http.Request) {
	s.page(w, r, http.StatusOK, "admin-login", view{Title: "Admin", Data: adminPage(r.URL.Query().Get("next"))})
}

func (s *Server) adminLoggedIn(w http.ResponseWriter, r *http.Request) {
	next := adminPage(r.FormValue("next"))
	if s.csrf.Check(r) != nil || !s.isToken(r.PostFormValue("token")) {
		s.page(w, r, http.StatusForbidden, "admin-login", view{Title: "Admin", Text: "That is not the admin token.", Data: next})
		return
	}
	now, id := s.opt.Now(), randomToken()
	s.mu.Lock()
	sweep(s.admins, func(until time.Time) bool { return now.After(until) })
	s.admins[id] = now.Add(s.opt.SessionLifetime)
	s.mu.Unlock()
	http.SetCookie(w, &http.Cookie{
		Name: adminCookie, Value: id, Path: "/admin", HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteStrictMode,
	})
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// ssoView is what the SSO page shows.
type ssoView struct {
	EntityID, ACS, Metadata string
	IdPs                    []string
}

func (s *Server) adminSSO(w http.ResponseWriter, r *http.Request) { s.showSSO(w, r, http.StatusOK, "") }

func (s *Server) showSSO(w http.ResponseWriter, r *http.Request, status int, said string) {
	if s.opt.Plan == "free" {
		s.page(w, r, http.StatusOK, "plain", view{Title: "Admin: Security: SSO", Text: textNoPlan + " Upgrade to Pro or Enterprise."})
		return
	}
	s.page(w, r, status, "admin-sso", view{Title: "Admin: Security: SSO", Text: said, Data: ssoView{
		EntityID: s.at("/saml/metadata"), ACS: s.at("/saml/acs"), Metadata: s.at("/saml/metadata"), IdPs: s.idpIDs(),
	}})
}

// adminUpload takes metadata from the form: the file if there is one, else the text.
func (s *Server) adminUpload(w http.ResponseWriter, r *http.Request) {
	raw := []byte(r.FormValue("metadata"))
	if file, _, err := r.FormFile("metadata_file"); err == nil {
		defer func() { _ = file.Close() }()
		content, err := io.ReadAll(file)
		if err != nil {
			s.showSSO(w, r, http.StatusBadRequest, "The file could not be read.")
			return
		}
		if len(content) > 0 {
			raw = content
		}
	}
	if s.opt.Plan == "free" {
		s.showSSO(w, r, http.StatusOK, "")
		return
	}
	id, err := s.addIdP(raw)
	if err != nil {
		s.showSSO(w, r, http.StatusBadRequest, "The metadata was not accepted: "+strings.TrimPrefix(err.Error(), "samepage: "))
		return
	}
	s.showSSO(w, r, http.StatusOK, "Saved: "+id)
}

func (s *Server) adminMembers(w http.ResponseWriter, r *http.Request) {
	s.page(w, r, http.StatusOK, "admin-members", view{Title: "Admin: Members", Data: s.membersView()})
}

func (s *Server) adminChange(w http.ResponseWriter, r *http.Request) {
	email, do := r.PostFormValue("email"), r.PostFormValue("do")
	invited := Member{Email: email, Role: Role(r.PostFormValue("role")), Kind: Kind(r.PostFormValue("kind"))}
	if _, err := s.act(cmp.Or(do, "invite"), invited); err != nil {
		s.page(w, r, http.StatusBadRequest, "admin-members", view{
			Title: "Admin: Members", Text: strings.TrimPrefix(err.Error(), "samepage: "), Data: s.membersView()})
		return
	}
	http.Redirect(w, r, "/admin/members", http.StatusSeeOther)
}

// act does one thing to one member, for the page and for the API.
func (s *Server) act(do string, m Member) (created bool, err error) {
	switch do {
	case "invite":
		return s.invite(m)
	case "disable":
		return false, s.Disable(m.Email)
	case "enable":
		return false, s.Enable(m.Email)
	case "remove":
		return false, s.Remove(m.Email)
	}
	return false, fmt.Errorf("%w: there is no action %q", errInvalid, do)
}

// statusOf is the HTTP status for an error of act.
func statusOf(err error) int {
	if errors.Is(err, errNoMember) {
		return http.StatusNotFound
	}
	return http.StatusBadRequest
}
