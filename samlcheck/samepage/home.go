package samepage

import (
	"encoding/json"
	"net/http"
	"strings"
)

// homeView is what the home page shows.
type homeView struct {
	Name, Email, Role string // empty for strangers at a public home
	Gate              string // shown in place of the content
	Bare              bool   // a public home: no links that depend on who looks
	Rich, Empty       bool   // QuirkRichDashboard
	Form              bool   // QuirkHomeForm
}

// front is the public page.
func (s *Server) front(w http.ResponseWriter, r *http.Request) {
	in, ok := s.settle(w, r)
	v := view{Title: "Welcome"}
	if ok && in.sort == signedIn && !s.quirky(QuirkScriptShell) {
		v.Data = homeView{Name: s.nameOf(in.who), Email: in.who.email}
	}
	s.page(w, r, http.StatusOK, "front", v)
}

// login is the public login page. The password form never works.
func (s *Server) login(w http.ResponseWriter, r *http.Request) {
	if in, ok := s.settle(w, r); ok && in.sort == signedIn {
		http.Redirect(w, r, "/home", http.StatusSeeOther)
		return
	}
	s.page(w, r, http.StatusOK, "login", view{Title: "Log in", Data: s.doors()})
}

func (s *Server) loginByPassword(w http.ResponseWriter, r *http.Request) {
	s.page(w, r, http.StatusForbidden, "login", view{Title: "Log in", Text: "E-mail or password is wrong.", Data: s.doors()})
}

// settle finds the session of a page view, and throws out who has had his one view.
func (s *Server) settle(w http.ResponseWriter, r *http.Request) (session, bool) {
	if s.quirky(QuirkAnonymousHome) {
		return session{}, false
	}
	in, ok := s.current(r)
	if ok && in.sort == doomed && s.viewed(in.id) > 1 {
		s.end(w, in.id)
		return session{}, false
	}
	return in, ok
}

// home is the members' page.
func (s *Server) home(w http.ResponseWriter, r *http.Request) {
	if s.quirky(QuirkScriptShell) {
		s.page(w, r, http.StatusOK, "shell", view{Title: "Samepage"})
		return
	}
	in, ok := s.settle(w, r)
	if !ok {
		s.homeOfStranger(w, r)
		return
	}
	show := homeView{
		Name: s.nameOf(in.who), Email: in.who.email, Role: "Member",
		Bare: s.quirky(QuirkPublicHome), Form: s.quirky(QuirkHomeForm),
	}
	switch in.sort {
	case pending, toast, flash:
		s.homeOfStranger(w, r)
	case gated:
		status, said := s.gateAnswer(in.who, textGate)
		s.page(w, r, status, "gate", view{Title: "No access", Text: said})
	case smallGate:
		show = homeView{Gate: textGate}
		s.page(w, r, http.StatusOK, "home", view{Title: "Home", Data: show})
	case doomed, signedIn:
		m, _ := s.member(in.who.email)
		if m.newcomer && s.quirky(QuirkRolePage) {
			http.Redirect(w, r, "/welcome", http.StatusSeeOther)
			return
		}
		if m.Role != "" {
			show.Role = roleName(m.Role)
		}
		show.Empty = s.quirky(QuirkRichDashboard) && (m.newcomer || in.sort == doomed)
		show.Rich = s.quirky(QuirkRichDashboard) && !show.Empty
		s.page(w, r, http.StatusOK, "home", view{Title: "Home", Data: show})
	}
}

func (s *Server) homeOfStranger(w http.ResponseWriter, r *http.Request) {
	switch {
	case s.quirky(QuirkErrorQuery) && r.URL.Query().Get("error") == "access_denied":
		s.page(w, r, http.StatusOK, "plain", view{Title: "Home", Text: "Something went wrong (access_denied)."})
	case s.quirky(QuirkPublicHome), s.quirky(QuirkAnonymousHome):
		s.page(w, r, http.StatusOK, "home", view{Title: "Home", Data: homeView{Bare: true}})
	default:
		http.Redirect(w, r, "/login", http.StatusSeeOther)
	}
}

func roleName(r Role) string {
	switch r {
	case RoleAdmin:
		return "Admin"
	case RoleUserManager:
		return "User Manager"
	case RoleMember:
	}
	return "Member"
}

// welcome is home for newcomers under QuirkRolePage.
func (s *Server) welcome(w http.ResponseWriter, r *http.Request) {
	in, ok := s.settle(w, r)
	if !ok || in.sort != signedIn {
		http.Redirect(w, r, "/login", http.StatusSeeOther)
		return
	}
	if m, _ := s.member(in.who.email); !m.newcomer || !s.quirky(QuirkRolePage) {
		http.Redirect(w, r, "/home", http.StatusSeeOther)
		return
	}
	s.page(w, r, http.StatusOK, "welcome", view{Title: "Getting started", Data: homeView{Name: s.nameOf(in.who)}})
}

// complete is the form of JIT mode Form, for those who have been sent there.
func (s *Server) complete(w http.ResponseWriter, r *http.Request) {
	in, ok := s.current(r)
	if !ok || in.sort != pending {
		http.Redirect(w, r, "/login", http.StatusSeeOther)
		return
	}
	s.page(w, r, http.StatusOK, "complete", view{Title: "Complete your profile", Data: homeView{Name: in.who.name, Email: in.who.email}})
}

// completed makes the account that the form was for.
func (s *Server) completed(w http.ResponseWriter, r *http.Request) {
	in, ok := s.current(r)
	if !ok || in.sort != pending || s.csrf.Check(r) != nil || r.ParseForm() != nil {
		http.Redirect(w, r, "/login", http.StatusSeeOther)
		return
	}
	if name := strings.TrimSpace(r.PostForm.Get("display_name")); name != "" {
		in.who.name = name
	}
	s.mu.Lock()
	if s.members[fold(in.who.email)] == nil {
		s.provision(in.who, Active)
	}
	s.mu.Unlock()
	if s.decide(&in.who) != entered { // an admin has been quicker
		s.refuse(w, r, in.who, locked)
		return
	}
	s.enter(w, r, in.who)
}

// app is the single page application: one page for everyone.
func (s *Server) app(w http.ResponseWriter, r *http.Request) {
	if s.quirky(QuirkQueryToken) { // here the server itself reads the token
		if in, ok := s.lookup(r.URL.Query().Get("access_token")); ok && in.sort == signedIn {
			s.page(w, r, http.StatusOK, "home", view{Title: "Home", Data: homeView{
				Name: s.nameOf(in.who), Email: in.who.email, Role: "Member"}})
			return
		}
		http.Redirect(w, r, "/login", http.StatusSeeOther)
		return
	}
	s.page(w, r, http.StatusOK, "shell", view{Title: "Samepage"})
}

// me says who is signed in, by bearer token or by cookie.
func (s *Server) me(w http.ResponseWriter, r *http.Request) {
	in, ok := s.current(r)
	if token, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); found {
		in, ok = s.lookup(token)
	}
	if !ok || in.sort != signedIn {
		answer(w, http.StatusUnauthorized, map[string]string{"error": "not signed in"})
		return
	}
	answer(w, http.StatusOK, map[string]string{"email": in.who.email, "name": s.nameOf(in.who)})
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the browser may have gone
}
