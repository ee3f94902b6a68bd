package idp_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
)

// Whatever comes, there is a page of the vendor's, one line in the log, and the
// next person signs in.
func TestHostileRequestsAtTheHandler(t *testing.T) {
	t.Parallel()
	for face, p := range map[string]idp.Profile{"okta": okta.New(okta.Config{SLO: true}), "entra": entra.New(entra.Config{})} {
		t.Run(face, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			var log []string
			h := hostProfile(t, p, idp.HandlerOptions{SP: service(), People: directory(), Log: func(line string) {
				mu.Lock()
				log = append(log, line)
				mu.Unlock()
			}})
			slo := h.Profile().(idp.LogoutProfile).SLO()
			good := request(`ID="a1"`, issuer)
			bomb := redirectQuery(t, request(`ID="a1"`, issuer+strings.Repeat(" ", 8<<20)), "")
			hostile := map[string]func() answer{
				"bomb":           func() answer { return do(t, http.MethodGet, h.SSO()+"?"+bomb, nil) },
				"bomb at logout": func() answer { return do(t, http.MethodGet, slo+"?"+bomb, nil) },
				"10 MB":          func() answer { return do(t, http.MethodPost, h.SSO(), posted(good+strings.Repeat(" ", 10<<20))) },
				"two requests":   func() answer { return do(t, http.MethodPost, h.SSO(), posted(good, good)) },
				"two at logout":  func() answer { return do(t, http.MethodPost, slo, posted(good, good)) },
				"request, response": func() answer {
					return do(t, http.MethodPost, slo, url.Values{"SAMLRequest": {"x"}, "SAMLResponse": {"y"}})
				},
				"entity":           func() answer { return do(t, http.MethodPost, h.SSO(), posted(`<!DOCTYPE a [<!ENTITY x "y">]>`+good)) },
				"entity at logout": func() answer { return do(t, http.MethodPost, slo, posted(`<!DOCTYPE a [<!ENTITY x "y">]>`+good)) },
				"line break": func() answer {
					return do(t, http.MethodPost, h.SSO(), posted(request(`ID="a1" AssertionConsumerServiceURL="https://x/&#10;2026 forged"`, issuer)))
				},
				"unknown issuer at logout": func() answer {
					return do(t, http.MethodGet, slo+"?"+logoutQuery(t, logoutRequest(strings.Repeat("x", 5000), "a"), ""), nil)
				},
			}
			for name, ask := range hostile {
				mu.Lock()
				log = nil
				mu.Unlock()
				got := ask()
				mu.Lock()
				lines := log
				mu.Unlock()
				assert.Equal(t, http.StatusBadRequest, got.status, name)
				assertMock(t, got)
				require.Len(t, lines, 1, name)
				assert.Contains(t, lines[0], "refused: ", name)
				assert.NotContains(t, lines[0], "\n", name)
				assert.Less(t, len(lines[0]), 1000, name)
			}
			assert.Contains(t, pick(t, h, do(t, http.MethodGet, h.Launch(), nil).body, "alice").body, "SAMLResponse")
		})
	}
}

// FuzzHandler throws requests at every address of a listening mock. A panic
// fails it; so does an answer without the mock's mark, or one that the standard
// library would not send.
func FuzzHandler(f *testing.F) {
	var all []http.Handler
	var at []string
	for _, p := range []idp.Profile{okta.New(okta.Config{SLO: true}), entra.New(entra.Config{})} {
		i, err := idp.New(p, idp.Options{})
		require.NoError(f, err)
		sp := service()
		sp.Logout = idp.Endpoint{Binding: "HTTP-Redirect", URL: "https://sp.example/slo"}
		all = append(all, i.Handler(idp.HandlerOptions{SP: sp, People: directory(), Token: token}))
		at = append(at, pathOf(f, p.SSO()), pathOf(f, p.(idp.LogoutProfile).SLO()), pathOf(f, p.(idp.LogoutProfile).SLOCallback()))
	}
	at = append(at, "/", "/-/sign-in", "/-/person", "/control/v1/next", "/control/v1/people/alice")
	out := logoutRequest(spID, "alice@acme.example")
	f.Add(uint8(0), "GET", "SAMLRequest=abc", "")
	f.Add(uint8(1), "POST", "", posted(out).Encode())
	f.Add(uint8(2), "POST", "", url.Values{"SAMLResponse": posted(out)["SAMLRequest"]}.Encode())
	f.Add(uint8(8), "PUT", "", `{"as":"alice","forge":["unsigned"]}`)
	f.Add(uint8(9), "PATCH", "", `{"groups":["a"]}`)
	f.Fuzz(func(t *testing.T, where uint8, method, query, body string) {
		if !strings.Contains("GET POST PUT PATCH DELETE HEAD", method) || method == "" {
			return
		}
		for _, h := range all {
			r := httptest.NewRequestWithContext(t.Context(), "GET", "http://127.0.0.1/", strings.NewReader(body))
			r.Method, r.RemoteAddr = method, "127.0.0.1:9"
			r.URL.Path, r.URL.RawQuery = at[int(where)%len(at)], query
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Authorization", "Bearer "+token)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			assert.Equal(t, "samlcheck", w.Header().Get("X-Mock-IdP"))
			assert.Less(t, w.Code, 500, w.Body.String())
		}
	})
}

func pathOf(t testing.TB, raw string) string {
	u, err := url.Parse(raw)
	require.NoError(t, err)
	return u.Path
}
