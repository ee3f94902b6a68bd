package samepage

import (
	"errors"
	"net/http"
	"time"
)

// acs takes responses. What it says to a refusal is decided in refuse.go.
func (s *Server) acs(w http.ResponseWriter, r *http.Request) {
	if s.withoutSSO(w, r) {
		return
	}
	if r.Method != http.MethodPost && (r.Method != http.MethodGet || !s.flawed(FlawByRedirect)) {
		w.Header().Set("Allow", http.MethodPost)
		s.page(w, r, http.StatusMethodNotAllowed, "plain", view{Title: "Single sign-on", Text: "This page takes sign-in responses only.", Login: true})
		return
	}
	posts, blocked := s.countPost()
	if s.quirky(QuirkThrottle) && posts > 5 {
		s.page(w, r, http.StatusOK, "plain", view{Title: "Please wait", Text: textThrottled})
		return
	}
	if blocked {
		s.page(w, r, http.StatusForbidden, "plain", view{Title: "Sign-in", Text: textRefused, Login: true})
		return
	}
	if err := r.ParseForm(); err != nil {
		s.notAccepted(w, r)
		return
	}
	m, err := s.judge(r)
	s.mu.Lock()
	s.why = err
	s.blocked = s.blocked || errors.Is(err, errSignature) && s.quirky(QuirkBlockAfterSpoilt)
	s.mu.Unlock()
	if err != nil {
		s.notAccepted(w, r)
		return
	}
	p := readPerson(m)
	p.subject = readPrincipal(m)
	if s.flawed(FlawSessionOver) {
		p.until = time.Time{}
	}
	s.admit(w, r, p)
}

func (s *Server) countPost() (posts int, blocked bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.posts++
	if s.quirky(QuirkStaleView) && s.frozen == nil {
		s.frozen = s.list()
	}
	return s.posts, s.blocked
}

// decision is what becomes of a person whose response was good.
type decision int

const (
	entered decision = iota
	unknown          // no account, and none is made
	waiting          // an account that an admin must activate
	locked           // an account that an admin has deactivated
	asked            // a form to fill in
	shutOut          // a session, and a gate behind it
)

func (s *Server) admit(w http.ResponseWriter, r *http.Request, p person) {
	switch d := s.decide(&p); d {
	case entered:
		s.enter(w, r, p)
	case asked:
		s.openWithCookie(w, r, session{sort: pending, who: p})
		http.Redirect(w, r, "/complete", http.StatusSeeOther)
	case shutOut:
		kind := gated
		if s.quirky(QuirkSmallGate) {
			kind = smallGate
		}
		s.openWithCookie(w, r, session{sort: kind, who: p})
		http.Redirect(w, r, "/home", http.StatusSeeOther)
	case unknown, waiting, locked:
		s.refuse(w, r, p, d)
	}
}

// decide is the whole of provisioning. Who has an account has its address
// afterwards, as it is spelt there.
func (s *Server) decide(p *person) decision {
	if p.email == "" || !s.listens(*p) {
		return unknown
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.find(*p); m != nil {
		return s.returning(m, p)
	}
	if !s.receives(*p) || !s.ready(*p) {
		return unknown
	}
	switch s.opt.JIT {
	case Create:
		s.dawdle(*p)
		s.provision(*p, Active)
		return entered
	case CreateInactive:
		s.provision(*p, Inactive)
		return waiting
	case Form:
		return asked
	case SessionOnly:
		return entered
	case NotAdmitted:
		return shutOut
	case Off:
	}
	return unknown
}

// returning lets somebody in who has an account, unless it stands in the way. The
// caller holds the lock.
func (s *Server) returning(m *Member, p *person) decision {
	switch {
	case m.Status == Disabled && !s.habitual(HabitReactivates):
		return locked
	case m.Status == Inactive:
		return waiting
	case s.blocks(m):
		return unknown
	}
	m.Status, m.LastLogin = Active, s.opt.Now().UTC().Truncate(time.Second)
	s.follow(m, *p)
	p.email = m.Email
	return entered
}

// ready says whether a newcomer brings what this SP wants of newcomers.
func (s *Server) ready(p person) bool {
	if s.quirky(QuirkNeedsDepartment) && !p.hasDepartment() {
		return false
	}
	if s.quirky(QuirkLate) && !s.failed[fold(p.email)] {
		s.failed[fold(p.email)] = true
		return false
	}
	return true
}

// provision makes an account just in time. The caller holds the lock.
func (s *Server) provision(p person, status Status) {
	now := s.opt.Now().UTC().Truncate(time.Second)
	made := &Member{
		Email: p.email, Name: p.name, Role: RoleMember, Kind: KindMember, Status: status, Created: now,
		newcomer: true, owner: p.owner(),
	}
	if status == Active {
		made.LastLogin = now
	}
	s.promote(made, p)
	s.keep(made)
}

// enter lets a person in, in the way that the quirks ask for.
func (s *Server) enter(w http.ResponseWriter, r *http.Request, p person) {
	in := session{sort: signedIn, who: p}
	switch {
	case s.quirky(QuirkFragmentToken):
		http.Redirect(w, r, "/app#access_token="+s.open(r, in).id+"&token_type=Bearer", http.StatusSeeOther)
	case s.quirky(QuirkQueryToken):
		http.Redirect(w, r, "/app?access_token="+s.open(r, in).id, http.StatusSeeOther)
	case s.quirky(QuirkJSONToken):
		answer(w, http.StatusOK, map[string]any{
			"token": s.open(r, in).id, "user": map[string]string{"email": p.email, "name": s.nameOf(p)},
		})
	default:
		s.openWithCookie(w, r, in)
		http.Redirect(w, r, s.after(r), http.StatusSeeOther)
	}
}

// member finds an account.
func (s *Server) member(email string) (Member, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.members[fold(email)]
	if m == nil {
		return Member{}, false
	}
	return *m, true
}

// nameOf is the name to greet a person by.
func (s *Server) nameOf(p person) string {
	if m, ok := s.member(p.email); ok && m.Name != "" {
		return m.Name
	}
	if p.name != "" {
		return p.name
	}
	return p.email
}
