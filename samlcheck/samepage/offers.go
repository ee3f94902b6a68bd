package samepage

import (
	"fmt"
	"net/http"
)

// Surface is something that the stand-in offers to programs. Samepage itself
// offers nothing; the modes are there to prove what the surface probe says.
type Surface string

// What it may offer, in the order of Surfaces.
const (
	SurfaceSCIM           Surface = "scim"            // SCIM that wants credentials for everything
	SurfaceSCIMOpen       Surface = "scim-open"       // SCIM that tells anybody about its users
	SurfaceAPIDescription Surface = "api-description" // an OpenAPI document
	SurfaceWebhooks       Surface = "webhooks"        // a page about webhooks
	SurfaceRateLimit      Surface = "rate-limit"      // every answer names a limit
	SurfaceCatchAll       Surface = "catch-all"       // whatever has no page is the front page, 200
	SurfaceGate           Surface = "gate"            // whatever has no page asks for credentials, 401
)

// Surfaces lists everything that it may offer.
func Surfaces() []Surface {
	return []Surface{
		SurfaceSCIM, SurfaceSCIMOpen, SurfaceAPIDescription, SurfaceWebhooks, SurfaceRateLimit, SurfaceCatchAll, SurfaceGate,
	}
}

func (s *Server) offerRoutes(mux *http.ServeMux) {
	if s.offers(SurfaceSCIM) || s.offers(SurfaceSCIMOpen) {
		mux.HandleFunc("/scim/v2/", s.scim)
	}
	if s.offers(SurfaceAPIDescription) {
		mux.HandleFunc("GET /openapi.json", func(w http.ResponseWriter, _ *http.Request) {
			answer(w, http.StatusOK, map[string]any{"openapi": "3.1.0", "info": map[string]string{"title": "Samepage"}, "paths": map[string]any{}})
		})
	}
	if s.offers(SurfaceWebhooks) {
		mux.HandleFunc("GET /docs/webhooks", func(w http.ResponseWriter, r *http.Request) {
			s.page(w, r, http.StatusOK, "plain", view{Title: "Webhooks", Text: "We call your address when a page changes."})
		})
	}
}

// scim answers in SCIM's own media type, errors included (RFC 7644, 3.12).
func (s *Server) scim(w http.ResponseWriter, r *http.Request) {
	say := func(status int, body string) {
		w.Header().Set("Content-Type", "application/scim+json")
		w.WriteHeader(status)
		_, _ = fmt.Fprint(w, body) // a client that has gone needs no answer
	}
	if r.Method == http.MethodOptions {
		w.Header().Set("Allow", "GET, POST, OPTIONS")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if s.offers(SurfaceSCIMOpen) && r.URL.Path == "/scim/v2/Users" {
		say(http.StatusOK, fmt.Sprintf(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":%d,"Resources":[]}`, len(s.Members())))
		return
	}
	w.Header().Set("WWW-Authenticate", `Bearer realm="samepage"`)
	say(http.StatusUnauthorized, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"401","detail":"credentials are missing"}`)
}

// nowhere is what a path without a page answers.
func (s *Server) nowhere(w http.ResponseWriter, r *http.Request) {
	switch {
	case s.offers(SurfaceCatchAll):
		s.front(w, r)
	case s.offers(SurfaceGate):
		w.Header().Set("WWW-Authenticate", "Bearer")
		answer(w, http.StatusUnauthorized, map[string]string{"error": "credentials are missing"})
	default:
		s.notFound(w, r)
	}
}
