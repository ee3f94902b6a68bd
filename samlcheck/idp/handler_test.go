package idp_test

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
)

// hosted is a mock IdP that listens, as `samlcheck idp serve` has it.
type hosted struct {
	*idp.IdP
	url string
}

func hostedFaces() map[string]idp.Profile {
	return map[string]idp.Profile{"okta": okta.New(okta.Config{}), "entra": entra.New(entra.Config{})}
}

func host(t *testing.T, face string, o idp.HandlerOptions) hosted {
	t.Helper()
	var h http.Handler
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
	t.Cleanup(srv.Close)
	i, err := idp.New(hostedFaces()[face].At(srv.URL), idp.Options{})
	require.NoError(t, err)
	h = i.Handler(o)
	return hosted{i, srv.URL}
}

func directory() []idp.Person {
	return []idp.Person{
		{Ref: "alice", Email: "alice@acme.example", Username: "alice@acme.example", DisplayName: "Alice <A&B> Ångström"},
		{Ref: "bob", Email: "bob@acme.example", Username: "bob@acme.example"},
	}
}

// authnRequest is a well-formed AuthnRequest, for HTTP-Redirect.
func authnRequest(issuer, acs string) string {
	xml := `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r1" Version="2.0" IssueInstant="2026-01-01T00:00:00Z"`
	if acs != "" {
		xml += ` AssertionConsumerServiceURL="` + html.EscapeString(acs) + `"`
	}
	return xml + `><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">` + html.EscapeString(issuer) + `</saml:Issuer></samlp:AuthnRequest>`
}

func redirectQuery(t *testing.T, xml, relay string) string {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, 9)
	require.NoError(t, err)
	_, err = w.Write([]byte(xml))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return url.Values{"SAMLRequest": {base64.StdEncoding.EncodeToString(b.Bytes())}, "RelayState": {relay}}.Encode()
}

type answer struct {
	status int
	body   string
	header http.Header
}

func do(t *testing.T, method, target string, form url.Values) answer {
	t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(t.Context(), method, target, body)
	require.NoError(t, err)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return answer{resp.StatusCode, string(text), resp.Header}
}

// fields are the hidden fields of the page's form.
func fields(page string) url.Values {
	out := url.Values{}
	for _, in := range regexp.MustCompile(`<input [^>]*>`).FindAllString(page, -1) {
		get := func(name string) string {
			m := regexp.MustCompile(name + `="([^"]*)"`).FindStringSubmatch(in)
			if m == nil {
				return ""
			}
			return html.UnescapeString(m[1])
		}
		if name := get(" name"); name != "" && strings.Contains(in, "hidden") {
			out.Set(name, get(" value"))
		}
	}
	return out
}

func pick(t *testing.T, h hosted, page, person string) answer {
	t.Helper()
	f := url.Values{"request": {fields(page).Get("request")}, "who": {person}}
	require.NotEmpty(t, f.Get("request"), page)
	return do(t, http.MethodPost, h.url+"/-/sign-in", f)
}

func assertMock(t *testing.T, a answer) {
	t.Helper()
	assert.Equal(t, "samlcheck", a.header.Get("X-Mock-IdP"))
	assert.Contains(t, a.body, "<!-- samlcheck: a mock", "a comment says what this is")
	assert.Contains(t, a.body, "samlcheck: this is a mock of ", "and so does a banner")
}

func TestHumansSignIn(t *testing.T) {
	t.Parallel()
	for face := range hostedFaces() {
		t.Run(face, func(t *testing.T) {
			t.Parallel()
			const acs, relay = "http://127.0.0.1:9/acs", `/deep?a="1"&b=<2>`
			h := host(t, face, idp.HandlerOptions{People: directory()})
			query := redirectQuery(t, authnRequest("https://sp.example/saml", acs), relay)
			for name, page := range map[string]answer{
				"redirect": do(t, http.MethodGet, h.SSO()+"?"+query, nil),
				"post": do(t, http.MethodPost, h.SSO(), url.Values{
					"SAMLRequest": {base64.StdEncoding.EncodeToString([]byte(authnRequest("https://sp.example/saml", acs)))}, "RelayState": {relay},
				}),
			} {
				require.Equal(t, http.StatusOK, page.status, name)
				assertMock(t, page)
				assert.Contains(t, page.body, "https://sp.example/saml")
				sent := pick(t, h, page.body, "alice")
				require.Equal(t, http.StatusOK, sent.status, sent.body)
				assertMock(t, sent)
				assert.Contains(t, html.UnescapeString(sent.body), `action="`+acs+`"`)
				f := fields(sent.body)
				assert.Equal(t, relay, f.Get("RelayState"), name)
				raw, err := base64.StdEncoding.DecodeString(f.Get("SAMLResponse"))
				require.NoError(t, err)
				assert.Contains(t, string(raw), `InResponseTo="_r1"`)
				assert.Contains(t, string(raw), "alice@acme.example")
				assert.Contains(t, string(raw), "https://sp.example/saml</")
			}
			launched := do(t, http.MethodGet, h.Launch(), nil)
			require.Equal(t, http.StatusOK, launched.status, "the service provider has been learned")
			raw, err := base64.StdEncoding.DecodeString(fields(pick(t, h, launched.body, "bob").body).Get("SAMLResponse"))
			require.NoError(t, err)
			assert.NotContains(t, string(raw), "InResponseTo")
			assert.Contains(t, string(raw), "bob@acme.example")

			front := do(t, http.MethodGet, h.url+"/", nil)
			assertMock(t, front)
			for _, want := range []string{h.EntityID(), h.SSO(), h.url + "/metadata", "Alice &lt;A&amp;B&gt; Ångström", "&lt;samlp:AuthnRequest", "SubjectConfirmationData"} {
				assert.Contains(t, front.body, want)
			}
			assert.NotContains(t, front.body, "which is not where this page is")
		})
	}
}

func TestMetadataIsServedAtBothPlaces(t *testing.T) {
	t.Parallel()
	for face := range hostedFaces() {
		h := host(t, face, idp.HandlerOptions{})
		for _, at := range []string{h.url + "/metadata", h.MetadataURL()} {
			got := do(t, http.MethodGet, at, nil)
			assert.Equal(t, http.StatusOK, got.status, at)
			assert.Equal(t, string(h.Metadata()), got.body)
			assert.Contains(t, got.body, `Location="`+h.SSO()+`"`)
		}
	}
}

// Without an appid Entra's own path gives the tenant's document, to a browser and
// in the process alike.
func TestGenericMetadataIsServedWithoutAnAppID(t *testing.T) {
	t.Parallel()
	h := host(t, "entra", idp.HandlerOptions{})
	at, _, _ := strings.Cut(h.MetadataURL(), "?")
	want, err := h.GenericMetadata()
	require.NoError(t, err)
	assert.Equal(t, string(want), do(t, http.MethodGet, at, nil).body)
	front := do(t, http.MethodGet, h.url+"/", nil)
	assert.Contains(t, front.body, `value="`+at+`"`)
	assert.Contains(t, front.body, "without this app's certificate")

	browser := http.Client{Transport: h.Play(idp.Reply{}, nil)}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at, http.NoBody)
	require.NoError(t, err)
	r, err := browser.Do(req)
	require.NoError(t, err)
	got, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	require.NoError(t, r.Body.Close())
	assert.Equal(t, string(want), string(got))
}

func TestWhoeverIsNotAssignedSeesTheVendorsPage(t *testing.T) {
	t.Parallel()
	for face, words := range map[string]string{"okta": "403 App Not Assigned", "entra": "AADSTS50105"} {
		h := host(t, face, idp.HandlerOptions{SP: idp.SP{EntityID: "https://sp.example", ACS: []string{"https://sp.example/acs"}}, People: directory()})
		assert.Equal(t, http.StatusOK, do(t, http.MethodPost, h.url+"/-/assign", url.Values{"who": {"bob"}}).status)
		launch := func() answer { return do(t, http.MethodGet, h.Launch(), nil) }
		page := launch()
		assert.Contains(t, page.body, "not assigned")
		refused := pick(t, h, page.body, "bob")
		assertMock(t, refused)
		assert.Contains(t, html.UnescapeString(refused.body), words)
		assert.Empty(t, fields(refused.body).Get("SAMLResponse"))
		if face == "entra" {
			assert.Contains(t, refused.body, "bob@acme.example")
		}
		assert.NotEmpty(t, fields(pick(t, h, launch().body, "alice").body).Get("SAMLResponse"), "others are not affected")

		do(t, http.MethodPost, h.url+"/-/assign", url.Values{"who": {"bob"}, "assigned": {"yes"}})
		assert.NotEmpty(t, fields(pick(t, h, launch().body, "bob").body).Get("SAMLResponse"))
		assert.Equal(t, http.StatusGone, pick(t, h, page.body, "alice").status, "a sign-in page is used once")

		front := do(t, http.MethodGet, h.url+"/", nil).body
		assert.Contains(t, front, "bob@acme.example is not assigned to the app")
		assert.Equal(t, 3, strings.Count(front, "<details>"))
	}
}

// A signed response is worth having: without a configured service provider only
// this machine gets one.
func TestStrangersGetNoResponse(t *testing.T) {
	t.Parallel()
	for face := range hostedFaces() {
		h := host(t, face, idp.HandlerOptions{People: directory()})
		for acs, want := range map[string]string{
			"https://evil.example/acs":           "not this machine",
			"http://127.0.0.1.evil.example/acs":  "not this machine",
			"http://localhost.evil.example/acs":  "not this machine",
			"javascript://localhost/%0aalert(1)": "not this machine",
			"":                                   "names no AssertionConsumerServiceURL",
		} {
			got := do(t, http.MethodGet, h.SSO()+"?"+redirectQuery(t, authnRequest("https://sp.example", acs), ""), nil)
			assert.Equal(t, http.StatusBadRequest, got.status, acs)
			assertMock(t, got)
			assert.Contains(t, got.body, want)
		}
		got := do(t, http.MethodGet, h.Launch(), nil)
		assert.Equal(t, http.StatusBadRequest, got.status)
		assert.Contains(t, got.body, "no service provider is known yet")

		known := host(t, face, idp.HandlerOptions{SP: idp.SP{EntityID: "https://sp.example", ACS: []string{"https://sp.example/acs"}}, People: directory()})
		got = do(t, http.MethodGet, known.SSO()+"?"+redirectQuery(t, authnRequest("https://sp.example", "http://127.0.0.1/acs"), ""), nil)
		assert.Equal(t, http.StatusBadRequest, got.status, "a configured one is not replaced by what is asked for")
		assert.Contains(t, got.body, "none of the app")
	}
}

func TestTheHandlerRefusesWhatItCannotRead(t *testing.T) {
	t.Parallel()
	for face := range hostedFaces() {
		h := host(t, face, idp.HandlerOptions{People: directory()})
		for name, got := range map[string]answer{
			"not XML":    do(t, http.MethodGet, h.SSO()+"?"+redirectQuery(t, "hello", ""), nil),
			"too large":  do(t, http.MethodPost, h.SSO(), url.Values{"SAMLRequest": {strings.Repeat("A", 10<<20)}}),
			"no form":    do(t, http.MethodPost, h.url+"/-/sign-in", url.Values{"who": {"nobody"}}),
			"bad assign": do(t, http.MethodPost, h.url+"/-/assign", url.Values{"who": {"nobody"}}),
		} {
			want := http.StatusBadRequest
			if name == "no form" {
				want = http.StatusGone
			}
			assert.Equal(t, want, got.status, name)
			assert.Equal(t, "samlcheck", got.header.Get("X-Mock-IdP"), name)
		}
		nowhere := do(t, http.MethodGet, h.url+"/favicon.ico", nil)
		assert.Equal(t, http.StatusNotFound, nowhere.status)
		foreign, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.url+"/-/assign", strings.NewReader("who=alice"))
		require.NoError(t, err)
		foreign.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		foreign.Header.Set("Sec-Fetch-Site", "cross-site")
		resp, err := http.DefaultClient.Do(foreign)
		require.NoError(t, err)
		resp.Body.Close()
		assert.Equal(t, http.StatusForbidden, resp.StatusCode, "another site's page cannot unassign people")
	}
}

func TestManyHumansAtOnce(t *testing.T) {
	t.Parallel()
	h := host(t, "okta", idp.HandlerOptions{People: directory()})
	var all sync.WaitGroup
	for n := range 8 {
		acs := "http://127.0.0.1:" + string(rune('1'+n)) + "/acs"
		query := redirectQuery(t, authnRequest("https://sp.example/"+string(rune('1'+n)), acs), "")
		all.Go(func() {
			page := do(t, http.MethodGet, h.SSO()+"?"+query, nil)
			sent := pick(t, h, page.body, "alice")
			assert.Contains(t, html.UnescapeString(sent.body), `action="`+acs+`"`, "everybody is sent back to where they came from")
			do(t, http.MethodGet, h.url+"/", nil)
			do(t, http.MethodPost, h.url+"/-/assign", url.Values{"who": {"bob"}})
		})
	}
	all.Wait()
}

func TestReadSP(t *testing.T) {
	t.Parallel()
	const text = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.example"><SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">%s</SPSSODescriptor></EntityDescriptor>`
	acs := func(binding, at, more string) string {
		return `<AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:` + binding + `" Location="` + at + `" index="1" ` + more + `/>`
	}
	sp, err := idp.ReadSP([]byte(strings.Replace(text, "%s", acs("HTTP-POST", "https://sp.example/1", "")+acs("HTTP-POST", "https://sp.example/2", `isDefault="true"`), 1)), "sp.xml")
	require.NoError(t, err)
	assert.Equal(t, idp.SP{EntityID: "https://sp.example", ACS: []string{"https://sp.example/2", "https://sp.example/1"}, Indexes: map[string]string{"1": "https://sp.example/2"}}, sp)
	_, err = idp.ReadSP([]byte("<html/>"), "sp.xml")
	assert.Error(t, err)
	_, err = idp.ReadSP([]byte(strings.Replace(text, "%s", "", 1)), "sp.xml")
	assert.ErrorContains(t, err, "sp.xml offers no AssertionConsumerService")
}
