package samepage

import (
	"net/http"
	"time"
)

// sessionCookie is the one cookie that carries whatever we know of a browser.
const sessionCookie = "samepage_session"

// sort says what a session is worth.
type sort int

const (
	signedIn  sort = iota // in
	gated                 // SAML was accepted, the workspace is closed
	smallGate             // the same, told by a small text inside home
	pending               // has a form to fill in before there is an account
	doomed                // not in: sees home once
	toast                 // not in: a message stays on every page
	flash                 // not in: a message is shown once
)

// session is what is known of one browser.
type session struct {
	id      string
	sort    sort
	who     person
	message string // for toast and flash
	views   int
	expires time.Time
}

// newCookie makes a cookie that a browser brings along on the POST that comes
// from the IdP: SameSite=None, which browsers keep only together with Secure.
func (s *Server) newCookie(name, value string) *http.Cookie {
	open := s.defective(DefectOpenCookie) && name == sessionCookie
	c := &http.Cookie{Name: name, Value: value, Path: "/", HttpOnly: !open}
	if s.secure() {
		c.Secure, c.SameSite = true, http.SameSiteNoneMode
	}
	return c
}

func cookie(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// open starts a session and forgets the one that the browser had: a new login
// never inherits an id that somebody else may know.
func (s *Server) open(r *http.Request, made session) *session {
	now := s.opt.Now()
	made.id = randomToken()
	made.expires = now.Add(s.opt.SessionLifetime)
	if u := made.who.until; !u.IsZero() && u.Before(made.expires) {
		made.expires = u
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sessions, cookie(r, sessionCookie))
	sweep(s.sessions, func(old *session) bool { return now.After(old.expires) })
	s.sessions[made.id] = &made
	return &made
}

// openWithCookie starts a session that the browser remembers by cookie.
func (s *Server) openWithCookie(w http.ResponseWriter, r *http.Request, made session) {
	if _, there := s.current(r); there && s.defective(DefectFirstSession) {
		return
	}
	http.SetCookie(w, s.newCookie(sessionCookie, s.open(r, made).id))
}

// lookup finds a session by its id, if it is still good for something.
func (s *Server) lookup(id string) (session, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.sessions[id]
	if id == "" || found == nil {
		return session{}, false
	}
	if s.opt.Now().After(found.expires) {
		delete(s.sessions, id)
		return session{}, false
	}
	return *found, true
}

// current is the session of this browser, by cookie.
func (s *Server) current(r *http.Request) (session, bool) { return s.lookup(cookie(r, sessionCookie)) }

// viewed counts a page view of a session, and says how many there have been.
func (s *Server) viewed(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.sessions[id]
	if found == nil {
		return 0
	}
	found.views++
	return found.views
}

func (s *Server) end(w http.ResponseWriter, id string) {
	s.mu.Lock()
	delete(s.sessions, id)
	s.mu.Unlock()
	c := s.newCookie(sessionCookie, "")
	c.MaxAge = -1
	http.SetCookie(w, c)
}

// Sessions counts the browsers and token holders that are signed in.
func (s *Server) Sessions() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, found := range s.sessions {
		if found.sort == signedIn && !s.opt.Now().After(found.expires) {
			n++
		}
	}
	return n
}

// logout ends the session here, unless single logout begins.
func (s *Server) logout(w http.ResponseWriter, r *http.Request) {
	if s.signOut(w, r) {
		return
	}
	s.end(w, cookie(r, sessionCookie))
	http.Redirect(w, r, "/", http.StatusSeeOther)
}
