package idp

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
)

// The control API lets tests in any language drive a listening IdP:
// docs/control-api.md describes it. It is versioned by its path, answers only
// callers on this machine who know the token, and speaks JSON both ways.

const controlRoot = "/control/v1/"

// control routes the API. Without a token there is none.
func (d *desk) control() http.Handler {
	if d.with.Token == "" {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			complain(w, http.StatusNotFound, errors.New("the control API is off: start the IdP with a token"))
		})
	}
	m := http.NewServeMux()
	for pattern, answer := range map[string]func(*http.Request) (int, any, error){
		"GET /{$}":                    d.controlIndex,
		"GET /people":                 d.controlPeople,
		"POST /people":                d.controlAdd,
		"GET /people/{ref}":           d.controlPerson,
		"PATCH /people/{ref}":         d.controlChange,
		"DELETE /people/{ref}":        d.controlRemove,
		"POST /people/{ref}/{action}": d.controlDecide,
		"POST /people/{ref}/logout":   d.controlLogout,
		"GET /certificates":           d.controlCertificates,
		"POST /certificates":          d.controlNewCertificate,
		"POST /certificates/activate": d.controlActivate,
		"GET /next":                   d.controlNext,
		"PUT /next":                   d.controlOrder,
		"DELETE /next":                d.controlForget,
		"GET /exchanges":              d.controlExchanges,
		"DELETE /exchanges":           d.controlClear,
	} {
		m.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			status, body, err := answer(r)
			if err != nil {
				complain(w, status, err)
				return
			}
			say(w, status, body)
		})
	}
	m.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		complain(w, http.StatusNotFound, fmt.Errorf("there is no %s %s%s: see docs/control-api.md", r.Method, strings.TrimSuffix(controlRoot, "/"), r.URL.Path))
	})
	return d.guard(http.StripPrefix(strings.TrimSuffix(controlRoot, "/"), m))
}

// guard lets through who is on this machine and knows the token.
func (d *desk) guard(next http.Handler) http.Handler {
	want := []byte("Bearer " + d.with.Token)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
			complain(w, http.StatusForbidden, errors.New("the control API is for this machine only"))
			return
		}
		if subtle.ConstantTimeCompare([]byte(r.Header.Get("Authorization")), want) != 1 {
			w.Header().Set("WWW-Authenticate", "Bearer")
			complain(w, http.StatusUnauthorized, errors.New("send the header Authorization: Bearer TOKEN, with the token that was printed at the start"))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// say answers in JSON. A status without a body has none.
func say(w http.ResponseWriter, status int, body any) {
	if body == nil {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a caller who went away misses nothing
}

func complain(w http.ResponseWriter, status int, err error) {
	say(w, status, map[string]string{"error": strings.TrimPrefix(err.Error(), "idp: ")})
}

// hear reads one JSON object over what to holds already. A misspelt field is an
// error: it must not quietly do nothing.
func hear(body io.Reader, to any) error {
	dec := json.NewDecoder(body)
	dec.DisallowUnknownFields()
	if err := dec.Decode(to); err != nil {
		return fmt.Errorf("the body cannot be read: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("the body holds more than one JSON object")
	}
	return nil
}

func (d *desk) controlIndex(*http.Request) (int, any, error) {
	type app struct {
		EntityID string   `json:"entity_id"`
		ACS      []string `json:"acs"`
	}
	apps := []app{}
	for _, sp := range append([]SP{d.sp()}, d.with.More...) {
		if len(sp.ACS) > 0 {
			apps = append(apps, app{sp.EntityID, sp.ACS})
		}
	}
	return http.StatusOK, map[string]any{
		"version": 1, "face": d.idp.Name(), "entity_id": d.idp.EntityID(), "sso": d.idp.SSO(),
		"launch": d.idp.Launch(), "metadata": d.idp.MetadataURL(), "apps": apps,
	}, nil
}
