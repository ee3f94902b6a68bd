package samepage

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

// apiRoutes is the way in for tools: the admin's token, and JSON. Samepage has
// no such thing; the stand-in needs it so that tests can set it up and look
// at its members.
func (s *Server) apiRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /admin/api/members", s.bearerOnly(func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, s.membersView())
	}))
	mux.HandleFunc("POST /admin/api/members", s.bearerOnly(s.apiAct("invite")))
	for _, do := range []string{"disable", "enable", "remove"} {
		mux.HandleFunc("POST /admin/api/members/"+do, s.bearerOnly(s.apiAct(do)))
	}
	mux.HandleFunc("POST /admin/api/idp", s.bearerOnly(s.apiIdP))
}

func (s *Server) bearerOnly(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok || !s.isToken(token) {
			w.Header().Set("WWW-Authenticate", "Bearer")
			answer(w, http.StatusUnauthorized, map[string]string{"error": "the admin token is missing or wrong"})
			return
		}
		next(w, r)
	}
}

// apiAct answers 201 for a new account and 200 for everything else that worked.
func (s *Server) apiAct(do string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var m Member
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
			answer(w, http.StatusBadRequest, map[string]string{"error": "the body is not the JSON of a member"})
			return
		}
		created, err := s.act(do, Member{Email: m.Email, Name: m.Name, Role: m.Role, Kind: m.Kind})
		if err != nil {
			answer(w, statusOf(err), map[string]string{"error": strings.TrimPrefix(err.Error(), "samepage: ")})
			return
		}
		status := http.StatusOK
		if created {
			status = http.StatusCreated
		}
		if now, ok := s.member(m.Email); ok {
			answer(w, status, now)
			return
		}
		answer(w, status, map[string]string{"email": strings.TrimSpace(m.Email)}) // there is no account, or none any more
	}
}

func (s *Server) apiIdP(w http.ResponseWriter, r *http.Request) {
	if s.opt.Plan == "free" {
		answer(w, http.StatusForbidden, map[string]string{"error": textNoPlan})
		return
	}
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		answer(w, http.StatusBadRequest, map[string]string{"error": "the metadata could not be read"})
		return
	}
	id, err := s.addIdP(raw)
	if err != nil {
		answer(w, http.StatusBadRequest, map[string]string{"error": strings.TrimPrefix(err.Error(), "samepage: ")})
		return
	}
	answer(w, http.StatusCreated, map[string]string{"entityID": id})
}
