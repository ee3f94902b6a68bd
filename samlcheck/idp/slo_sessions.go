package idp

import (
	"crypto/rand"
	"net/http"
	"slices"
	"sync"
	"time"
)

// sessionCookie marks a browser that has signed in at the mock. The vendors'
// own cookies have other names, which no service provider sees.
const sessionCookie = "samlcheck-idp-session"

const (
	mostSessions = 1000           // the oldest make room
	sessionLife  = 12 * time.Hour // of the cookie
)

// participant is a service provider where somebody is signed in.
type participant struct {
	ref string // the person
	sp  SP
	Subject
}

// sessions are who signed in, in which browser and at which service providers.
type sessions struct {
	suffix string // of the cookie's name: several IdPs may be at one address
	mu     sync.Mutex
	cookie map[string]string // token to ref
	order  []string          // tokens, oldest first
	at     []participant     // oldest first
}

// enter remembers a login. A person has one session at a service provider.
func (s *sessions) enter(w http.ResponseWriter, ref string, sp SP, who Subject) {
	token := rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cookie == nil {
		s.cookie = map[string]string{}
	}
	if len(s.order) >= mostSessions {
		delete(s.cookie, s.order[0])
		s.order = s.order[1:]
	}
	s.cookie[token] = ref
	s.order = append(s.order, token)
	s.at = slices.DeleteFunc(s.at, func(p participant) bool { return p.ref == ref && p.sp.EntityID == sp.EntityID })
	if len(s.at) >= mostSessions {
		s.at = s.at[1:]
	}
	s.at = append(s.at, participant{ref, sp, who})
	http.SetCookie(w, &http.Cookie{
		Name: sessionCookie + s.suffix, Value: token, Path: "/", HttpOnly: true, MaxAge: int(sessionLife.Seconds()), SameSite: http.SameSiteLaxMode,
	})
}

// who is signed in in the request's browser; "" is nobody.
func (s *sessions) who(r *http.Request) string {
	c, err := r.Cookie(sessionCookie + s.suffix)
	if err != nil {
		return ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cookie[c.Value]
}

// find is the person whom a service provider knows by that NameID. A session
// index narrows it; "" does not.
func (s *sessions) find(entityID, nameID, index string) (ref string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.at {
		if p.sp.EntityID == entityID && p.NameID == nameID && (index == "" || p.SessionIndex == index) {
			return p.ref, true
		}
	}
	return "", false
}

// among counts the service providers where the person is signed in.
func (s *sessions) among(ref string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.at {
		if p.ref == ref {
			n++
		}
	}
	return n
}

// leave ends a person's sessions everywhere and says where they were.
func (s *sessions) leave(ref string) []participant {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []participant
	s.at = slices.DeleteFunc(s.at, func(p participant) bool {
		if p.ref == ref {
			out = append(out, p)
		}
		return p.ref == ref
	})
	s.order = slices.DeleteFunc(s.order, func(token string) bool {
		gone := s.cookie[token] == ref
		if gone {
			delete(s.cookie, token)
		}
		return gone
	})
	return out
}
