package idp_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
)

const otherTenant = "11111111-0000-4000-8000-000000000000"

// together are both faces, and a second tenant, at one address.
func together(t *testing.T, o idp.HandlerOptions) (at string, idps []*idp.IdP) {
	t.Helper()
	var h http.Handler
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
	t.Cleanup(srv.Close)
	for _, p := range []idp.Profile{okta.New(okta.Config{}), entra.New(entra.Config{}), entra.New(entra.Config{Tenant: otherTenant})} {
		i, err := idp.New(p.At(srv.URL), idp.Options{})
		require.NoError(t, err)
		idps = append(idps, i)
	}
	var err error
	h, err = idp.Several(o, idps...)
	require.NoError(t, err)
	return srv.URL, idps
}

func TestSeveralAtOneAddress(t *testing.T) {
	t.Parallel()
	at, idps := together(t, idp.HandlerOptions{People: directory()})
	assert.Equal(t, []string{"/okta", "/entra", "/entra-2"}, idp.Prefixes(idps...))
	front := do(t, http.MethodGet, at+"/", nil)
	assertMock(t, front)
	action := regexp.MustCompile(`action="([^"]*/-/sign-in)"`)
	for n, prefix := range idp.Prefixes(idps...) {
		i := idps[n]
		assert.Contains(t, front.body, `value="`+at+prefix+`/metadata"`)
		assert.Contains(t, front.body, `<a href="`+prefix+`/">`)
		for _, where := range []string{at + prefix + "/metadata", i.MetadataURL()} {
			assert.Equal(t, string(i.Metadata()), do(t, http.MethodGet, where, nil).body, where)
		}
		assert.Contains(t, do(t, http.MethodGet, at+prefix+"/", nil).body, i.EntityID())

		page := do(t, http.MethodGet, i.SSO()+"?"+redirectQuery(t, authnRequest("https://sp.example", "http://127.0.0.1:9/acs"), ""), nil)
		to := action.FindStringSubmatch(page.body)
		require.NotNil(t, to, "the sign-in page of %s: %s", prefix, page.body)
		assert.Equal(t, prefix+"/-/sign-in", to[1])
		ticket := regexp.MustCompile(`name="request" value="([^"]*)"`).FindStringSubmatch(page.body)
		got := do(t, http.MethodPost, at+to[1], url.Values{"request": {ticket[1]}, "who": {"alice"}})
		assert.Equal(t, http.StatusOK, got.status)
		assert.Contains(t, responseOf(t, got.body), i.EntityID()+"<")
		assert.Contains(t, responseOf(t, got.body), `InResponseTo="_r1"`)
	}
	assert.NotEqual(t, idps[1].Certificate(), idps[2].Certificate(), "another tenant has other keys")
}

// Whoever loses the app at one face has lost it at the other; the page that
// changed it comes back to itself.
func TestSeveralShareThePeople(t *testing.T) {
	t.Parallel()
	at, idps := together(t, idp.HandlerOptions{People: directory(), Token: "t"})
	changed := do(t, http.MethodPost, at+"/okta/-/assign", url.Values{"who": {"bob"}})
	assert.Contains(t, changed.body, idps[0].EntityID(), "the redirect leads to the face's own page")
	assert.Contains(t, do(t, http.MethodGet, at+"/entra/", nil).body, "not assigned")

	for n, prefix := range idp.Prefixes(idps...) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, at+prefix+"/control/v1/next", strings.NewReader(`{"as": "alice"}`))
		require.NoError(t, err)
		req.Header.Set("Authorization", "Bearer t")
		r, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		require.NoError(t, r.Body.Close())
		assert.Equal(t, http.StatusOK, r.StatusCode, "one token for all")
		q := redirectQuery(t, authnRequest("https://sp.example", "http://127.0.0.1:9/acs"), "")
		assert.Contains(t, responseOf(t, do(t, http.MethodGet, idps[n].SSO()+"?"+q, nil).body), "alice@acme.example")
	}
}

func TestSeveralKnowWhoseAnUnknownPathIs(t *testing.T) {
	t.Parallel()
	at, idps := together(t, idp.HandlerOptions{})
	lost := do(t, http.MethodGet, at+"/app/nothing", nil)
	assert.GreaterOrEqual(t, lost.status, 400)
	assert.Contains(t, lost.body, "mock of okta")
	nobody := do(t, http.MethodGet, at+"/favicon.ico", nil)
	assert.Equal(t, http.StatusNotFound, nobody.status)
	assert.Contains(t, nobody.body, "/okta, /entra, /entra-2")

	_, err := idp.Several(idp.HandlerOptions{}, idps[1], idps[1])
	assert.ErrorContains(t, err, "would both answer at")
}
