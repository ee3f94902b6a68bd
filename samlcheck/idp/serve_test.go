package idp_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/metadata"
)

// served is a listening IdP with two people, and how to ask it.
type served struct {
	idp *idp.IdP
	url string
	t   *testing.T
}

func serve(t *testing.T, p idp.Profile) *served {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	i, err := idp.New(p.At("http://"+server.Listener.Addr().String()), idp.Options{})
	require.NoError(t, err)
	bob := idp.Person{Email: "bob@acme.example", Username: "bob@acme.example", DisplayName: "Bob <b>"}
	server.Config.Handler = i.Handler(idp.Serving{SP: service(), People: []idp.Person{alice(), bob}})
	server.Start()
	t.Cleanup(server.Close)
	return &served{i, server.URL, t}
}

func (s *served) ask(method, at string, form url.Values, header http.Header) (int, string) {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, at, strings.NewReader(form.Encode()))
	require.NoError(s.t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for k, v := range header {
		req.Header[k] = v
	}
	resp, err := http.DefaultClient.Do(req)
	require.NoError(s.t, err)
	defer resp.Body.Close()
	page, err := io.ReadAll(resp.Body)
	require.NoError(s.t, err)
	assert.Equal(s.t, "samlcheck", resp.Header.Get("X-Mock-IdP"))
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
		assert.Contains(s.t, string(page), "<!-- samlcheck: a mock")
	}
	return resp.StatusCode, string(page)
}

var requestField = regexp.MustCompile(`name="request" value="([^"]+)"`)

// begin opens the sign-in page and returns what its forms carry.
func (s *served) begin() string {
	s.t.Helper()
	status, page := s.ask(http.MethodGet, s.idp.Launch(), nil, nil)
	require.Equal(s.t, http.StatusOK, status)
	assert.Contains(s.t, page, "Alice Moreau")
	assert.Contains(s.t, page, "Bob &lt;b&gt;")
	found := requestField.FindStringSubmatch(page)
	require.NotNil(s.t, found)
	return found[1]
}

func (s *served) choose(request, who string, more ...string) (int, string) {
	s.t.Helper()
	form := url.Values{"request": {request}, "who": {who}}
	for _, m := range more {
		form.Set(m, "yes")
	}
	return s.ask(http.MethodPost, s.url+"/-/sign-in", form, http.Header{"Origin": {s.url}})
}

func TestSignInPage(t *testing.T) {
	t.Parallel()
	for name, p := range profiles() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, p)
			request := s.begin()
			status, page := s.choose(request, "known")
			assert.Equal(t, http.StatusOK, status)
			assert.Contains(t, page, `name="SAMLResponse"`)
			status, page = s.choose(request, "known")
			assert.Equal(t, http.StatusGone, status, "a sign-in page works once")
			assert.NotContains(t, page, "SAMLResponse")
			status, _ = s.choose(s.begin(), "nobody")
			assert.Equal(t, http.StatusBadRequest, status)
			status, page = s.choose(s.begin(), "bob@acme.example", "deny")
			assert.Equal(t, http.StatusOK, status)
			assert.Contains(t, page, `name="SAMLResponse"`)

			status, page = s.ask(http.MethodGet, redirect(t, s.idp.SSO(), request1()), nil, nil)
			assert.Equal(t, http.StatusOK, status)
			assert.Contains(t, page, "Who signs in?")
			status, _ = s.ask(http.MethodGet, redirect(t, s.idp.SSO(), "hello"), nil, nil)
			assert.Equal(t, http.StatusBadRequest, status)
			status, _ = s.ask(http.MethodPut, s.idp.SSO(), nil, nil)
			assert.Equal(t, http.StatusMethodNotAllowed, status)
		})
	}
}

func request1() string {
	return request(`ID="a1"`, `<saml:Issuer>`+spID+`</saml:Issuer>`)
}

func TestAssignment(t *testing.T) {
	t.Parallel()
	for name, p := range profiles() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, p)
			home := http.Header{"Origin": {s.url}}
			status, page := s.ask(http.MethodPost, s.url+"/-/assign", url.Values{"who": {"known"}}, home)
			require.Equal(t, http.StatusOK, status, "back on the front page")
			assert.Contains(t, page, "Assign the app")
			_, page = s.choose(s.begin(), "known")
			assert.Contains(t, page, map[string]string{"okta": "403 App Not Assigned", "entra": "AADSTS50105"}[name])
			assert.NotContains(t, page, "SAMLResponse")
			_, page = s.choose(s.begin(), "bob@acme.example")
			assert.Contains(t, page, "SAMLResponse")
			_, _ = s.ask(http.MethodPost, s.url+"/-/assign", url.Values{"who": {"known"}, "assigned": {"yes"}}, home)
			_, page = s.choose(s.begin(), "known")
			assert.Contains(t, page, "SAMLResponse")

			status, _ = s.ask(http.MethodPost, s.url+"/-/assign", url.Values{"who": {"known"}}, http.Header{"Origin": {"https://evil.example"}})
			assert.Equal(t, http.StatusForbidden, status, "other sites may send AuthnRequests and nothing else")
		})
	}
}

func TestServedMetadata(t *testing.T) {
	t.Parallel()
	for name, p := range profiles() {
		s := serve(t, p)
		_, page := s.ask(http.MethodGet, s.url+"/", nil, nil)
		assert.Contains(t, page, "Metadata")
		status, raw := s.ask(http.MethodGet, s.idp.MetadataURL(), nil, nil)
		require.Equal(t, http.StatusOK, status, name)
		assert.Equal(t, string(s.idp.Metadata()), raw)
		doc, err := metadata.Parse([]byte(raw), "served")
		require.NoError(t, err)
		require.NoError(t, metadata.RequireIdP(doc))
		assert.Contains(t, raw, s.url, "it names where it listens")
		assert.Equal(t, p.EntityID(), doc.EntityID())
	}
}
