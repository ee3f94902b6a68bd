package samepage

import (
	"net/http"
	"strings"
)

// The texts of refusals. No account, a deactivated one and one that waits have
// one text, as in most applications: who is a member is nobody's business.
const (
	textRefused     = "We could not sign you in. Ask your administrator."
	textNotAccepted = "The sign-in response was not accepted."
	textThrottled   = "Too many sign-ins at the moment. Please try again later."
	textGate        = "You are not a member of this workspace."
	textLocked      = "Your account has been locked. Ask your administrator."
	textNoPlan      = "Single sign-on is not part of your plan."
)

// notAccepted answers to a response that is not good SAML.
func (s *Server) notAccepted(w http.ResponseWriter, r *http.Request) {
	if s.quirky(QuirkRememberErrors) {
		s.remember(w, r, session{sort: toast, message: textNotAccepted})
	}
	switch {
	case s.defective(DefectCrash):
		broken(w)
	case s.quirky(QuirkScriptShell), s.quirky(QuirkAnonymousHome):
		http.Redirect(w, r, "/home", http.StatusSeeOther)
	case s.quirky(QuirkJSONToken):
		jsonRefusal(w, "invalid_response", textNotAccepted)
	default:
		s.page(w, r, http.StatusForbidden, "plain", view{Title: "Sign-in", Text: s.notAcceptedText(), Login: true})
	}
}

// notAcceptedText is one text for all, but for DefectPaddingTold.
func (s *Server) notAcceptedText() string {
	if s.defective(DefectPaddingTold) && strings.Contains(s.Why(), "decrypt assertion") {
		return "The sign-in response could not be decrypted."
	}
	return textNotAccepted
}

// refuse answers to a person who is who he says, and may not come in.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, p person, why decision) {
	newcomer := why != locked
	switch {
	case !newcomer && s.quirky(QuirkLockedKnown):
		s.remember(w, r, session{sort: toast, message: textLocked})
		http.Redirect(w, r, "/login", http.StatusSeeOther)
	case newcomer && s.quirky(QuirkThrownOutLater):
		s.openWithCookie(w, r, session{sort: doomed, who: p})
		http.Redirect(w, r, "/home", http.StatusSeeOther)
	case newcomer && s.quirky(QuirkSmallGate):
		s.openWithCookie(w, r, session{sort: smallGate, who: p})
		http.Redirect(w, r, "/home", http.StatusSeeOther)
	case newcomer && s.quirky(QuirkRefuseToSignup):
		http.Redirect(w, r, "/signup", http.StatusSeeOther)
	case s.quirky(QuirkErrorQuery):
		http.Redirect(w, r, "/home?error=access_denied", http.StatusSeeOther)
	case s.quirky(QuirkMessageOnce):
		s.remember(w, r, session{sort: flash, message: textRefused})
		http.Redirect(w, r, "/refused", http.StatusSeeOther)
	case s.quirky(QuirkScriptShell), s.quirky(QuirkAnonymousHome):
		http.Redirect(w, r, "/home", http.StatusSeeOther)
	case s.quirky(QuirkJSONToken):
		jsonRefusal(w, "access_denied", textRefused)
	default:
		s.refusePlainly(w, r, p)
	}
}

func (s *Server) refusePlainly(w http.ResponseWriter, r *http.Request, p person) {
	if s.quirky(QuirkRememberErrors) {
		s.remember(w, r, session{sort: toast, message: textRefused})
	}
	status, said := s.gateAnswer(p, textRefused)
	s.page(w, r, status, "plain", view{Title: "Sign-in", Text: said, Login: true})
}

// gateAnswer is a refusal's status and text, which under QuirkEcho and
// QuirkEcho200 names the person.
func (s *Server) gateAnswer(p person, plain string) (int, string) {
	echo := p.email + " is not a member of this workspace"
	switch {
	case p.email == "":
	case s.quirky(QuirkEcho200):
		return http.StatusOK, echo
	case s.quirky(QuirkEcho):
		return http.StatusForbidden, echo
	}
	return http.StatusForbidden, plain
}

// remember keeps a message for a browser that is not signed in. One that is
// keeps its session: a stray response must not throw a member out.
func (s *Server) remember(w http.ResponseWriter, r *http.Request, made session) {
	if now, ok := s.current(r); ok && now.sort == signedIn {
		return
	}
	s.openWithCookie(w, r, made)
}

// jsonRefusal carries a random id, as error bodies do; it is no token.
func jsonRefusal(w http.ResponseWriter, code, message string) {
	answer(w, http.StatusUnauthorized, map[string]string{"error": code, "message": message, "error_id": randomToken()})
}

// withoutSSO answers for the plan that has no SSO.
func (s *Server) withoutSSO(w http.ResponseWriter, r *http.Request) bool {
	if s.opt.Plan != "free" {
		return false
	}
	s.page(w, r, http.StatusForbidden, "plain", view{Title: "Single sign-on", Text: textNoPlan})
	return true
}

// refusedPage is where QuirkMessageOnce sends people. It is public and the
// same for everyone; the message comes with the next page.
func (s *Server) refusedPage(w http.ResponseWriter, r *http.Request) {
	s.page(w, r, http.StatusOK, "plain", view{Title: "Sign-in", Text: "That did not work out.", Login: true})
}

// signup is open to anyone, and leads nowhere.
func (s *Server) signup(w http.ResponseWriter, r *http.Request) {
	s.page(w, r, http.StatusOK, "signup", view{Title: "Sign up"})
}

func (s *Server) signedUp(w http.ResponseWriter, r *http.Request) {
	s.page(w, r, http.StatusOK, "plain", view{Title: "Sign up", Text: "Thank you. Your administrator will look at your request."})
}
