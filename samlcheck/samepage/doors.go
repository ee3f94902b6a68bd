package samepage

import "net/http"

const pathReset = "/password/reset"

// doors says what the login page offers beside single sign-on: the password
// form, unless only single sign-on is wanted.
func (s *Server) doors() string {
	switch {
	case s.opt.SSOOnly:
		return "sso-only"
	case s.defective(DefectResetPage):
		return "reset"
	}
	return "password"
}

// reset is the page of DefectResetPage. It sends nothing to anybody.
func (s *Server) reset(w http.ResponseWriter, r *http.Request) {
	if !s.defective(DefectResetPage) {
		s.notFound(w, r)
		return
	}
	s.page(w, r, http.StatusOK, "reset", view{Title: "Reset your password"})
}
