package idp_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/xml"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/crewjam/saml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
	"example.com/samepage/samlcheck/message"
)

const otherID = "https://other.example/saml"

// leaving is a mock with two apps, where somebody is signed in at both.
type leaving struct {
	controller
	own keyed
}

func loggedIn(t *testing.T, face, binding string) leaving {
	t.Helper()
	own := newKeyed(t)
	sp := service()
	sp.Certs, sp.Logout = [][]byte{own.der}, idp.Endpoint{Binding: binding, URL: "https://sp.example/slo?a=b", ResponseURL: "https://sp.example/slo/done"}
	other := idp.SP{
		EntityID: otherID, ACS: []string{"https://other.example/acs"},
		Logout: idp.Endpoint{Binding: "HTTP-Redirect", URL: "https://other.example/slo"}, Certs: sp.Certs,
	}
	p := map[string]idp.Profile{"okta": okta.New(okta.Config{SLO: true}), "entra": entra.New(entra.Config{})}[face]
	c := controller{hostProfile(t, p, idp.HandlerOptions{SP: sp, More: []idp.SP{other}, People: directory(), Token: token}), t}
	for _, who := range []string{spID, otherID} {
		_, _ = c.call(http.MethodPut, "/next", `{"as":"alice","name_id_format":"emailAddress"}`)
		page := do(t, http.MethodPost, c.SSO(), posted(request(`ID="r-`+who[8:13]+`"`, `<saml:Issuer>`+who+`</saml:Issuer>`)))
		require.NotEmpty(t, responseOf(t, page.body))
	}
	return leaving{c, own}
}

func hostProfile(t *testing.T, p idp.Profile, o idp.HandlerOptions) hosted {
	t.Helper()
	var h http.Handler
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
	t.Cleanup(srv.Close)
	i, err := idp.New(p.At(srv.URL), idp.Options{})
	require.NoError(t, err)
	h = i.Handler(o)
	return hosted{i, srv.URL}
}

func (l leaving) slo() string { return l.Profile().(idp.LogoutProfile).SLO() }

func logoutRequest(issuer, nameID string) string {
	return `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ` +
		`ID="_out1" Version="2.0" IssueInstant="2026-01-01T00:00:00Z"><saml:Issuer>` + issuer + `</saml:Issuer><saml:NameID>` + nameID + `</saml:NameID></samlp:LogoutRequest>`
}

// get asks without following redirects: where the browser is sent is the answer.
func get(t *testing.T, at string) answer {
	t.Helper()
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at, nil)
	require.NoError(t, err)
	resp, err := c.Do(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	var b strings.Builder
	require.NoError(t, resp.Write(&b))
	return answer{resp.StatusCode, b.String(), resp.Header}
}

// signedQuery is a redirect's query with a signature over it.
func (k keyed) signedQuery(t *testing.T, query string) string {
	t.Helper()
	query += "&SigAlg=" + url.QueryEscape("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256")
	sum := sha256.Sum256([]byte(query))
	value, err := rsa.SignPKCS1v15(rand.Reader, k.key, crypto.SHA256, sum[:])
	require.NoError(t, err)
	return query + "&Signature=" + url.QueryEscape(base64.StdEncoding.EncodeToString(value))
}

func logoutQuery(t *testing.T, xml, relay string) string {
	t.Helper()
	v, err := url.ParseQuery(redirectQuery(t, xml, relay))
	require.NoError(t, err)
	return "SAMLRequest=" + url.QueryEscape(v.Get("SAMLRequest")) + "&RelayState=" + url.QueryEscape(relay)
}

// opened verifies a redirect of the mock's, with nothing but the standard
// library, and gives out its message.
func opened(t *testing.T, at string, der []byte) string {
	t.Helper()
	_, query, _ := strings.Cut(at, "?")
	if i := strings.Index(query, "SAML"); i > 0 {
		query = query[i:]
	}
	text, sig, ok := strings.Cut(query, "&Signature=")
	require.True(t, ok, at)
	sig, err := url.QueryUnescape(sig)
	require.NoError(t, err)
	value, err := base64.StdEncoding.DecodeString(sig)
	require.NoError(t, err)
	cert, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	sum := sha256.Sum256([]byte(text))
	require.NoError(t, rsa.VerifyPKCS1v15(cert.PublicKey.(*rsa.PublicKey), crypto.SHA256, sum[:], value))
	packed, err := message.DecodeRedirect(query)
	require.NoError(t, err)
	return string(packed.XML)
}

// The service provider asks; the others are told; it is answered, and the
// sessions are over.
func TestLogoutBegunByTheServiceProvider(t *testing.T) {
	t.Parallel()
	for _, face := range []string{"okta", "entra"} {
		t.Run(face, func(t *testing.T) {
			t.Parallel()
			l := loggedIn(t, face, "HTTP-Redirect")
			ask := l.slo() + "?" + l.own.signedQuery(t, logoutQuery(t, logoutRequest(spID, "alice@acme.example"), "/bye?x=1"))
			page := get(t, ask)
			require.Equal(t, http.StatusOK, page.status, page.body)
			assertMock(t, page)
			found := regexp.MustCompile(`<iframe hidden src="([^"]+)"`).FindAllStringSubmatch(page.body, -1)
			require.Len(t, found, 1, "the other participant, and not the one that asked")
			told := html.UnescapeString(found[0][1])
			assert.True(t, strings.HasPrefix(told, "https://other.example/slo?SAMLRequest="), told)
			var out saml.LogoutRequest
			require.NoError(t, xml.Unmarshal([]byte(opened(t, told, l.Certificate())), &out))
			assert.Equal(t, l.EntityID(), out.Issuer.Value)
			assert.Equal(t, "alice@acme.example", out.NameID.Value)
			assert.Equal(t, "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress", out.NameID.Format)
			assert.NotEmpty(t, out.SessionIndex.Value)
			assert.Equal(t, "https://other.example/slo", out.Destination)

			next := regexp.MustCompile(`id="next" href="([^"]+)"`).FindStringSubmatch(page.body)
			require.NotNil(t, next)
			back := html.UnescapeString(next[1])
			assert.True(t, strings.HasPrefix(back, "https://sp.example/slo/done?SAMLResponse="), back)
			assert.Contains(t, back, "&RelayState=%2Fbye%3Fx%3D1&")
			assertLogout(t, opened(t, back, l.Certificate()), l.EntityID(), idp.Success)

			again := get(t, ask)
			if face == "okta" {
				require.Equal(t, http.StatusFound, again.status)
				assertLogout(t, opened(t, again.header.Get("Location"), l.Certificate()), l.EntityID(), "urn:oasis:names:tc:SAML:2.0:status:RequestDenied")
				return
			}
			assert.Equal(t, http.StatusFound, again.status, "nobody is left to be told")
			assertLogout(t, opened(t, again.header.Get("Location"), l.Certificate()), l.EntityID(), idp.Success)
		})
	}
}

func assertLogout(t *testing.T, text, issuer, status string) {
	t.Helper()
	var r saml.LogoutResponse
	require.NoError(t, xml.Unmarshal([]byte(text), &r))
	assert.Equal(t, issuer, r.Issuer.Value)
	assert.Equal(t, status, r.Status.StatusCode.Value)
	assert.Equal(t, "_out1", r.InResponseTo)
	assert.Equal(t, "https://sp.example/slo/done", r.Destination)
}

// Okta wants the request signed and answers in SAML; Entra wants no signature
// and shows a page.
func TestLogoutThatIsRefused(t *testing.T) {
	t.Parallel()
	foreign := newKeyed(t)
	plain, elsewhere := logoutRequest(spID, "alice@acme.example"), logoutRequest("https://nobody.example", "alice@acme.example")
	const denied, failed = "urn:oasis:names:tc:SAML:2.0:status:RequestDenied", "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"
	for name, tt := range map[string]struct {
		xml         string
		by          *keyed // nil: not signed
		own         bool   // signed by the app's own key
		okta, entra string // the status, or what the page says
	}{
		"unsigned":       {xml: plain, okta: failed, entra: idp.Success},
		"by another key": {xml: plain, by: &foreign, okta: failed, entra: idp.Success},
		"unknown issuer": {xml: elsewhere, own: true, okta: denied, entra: "AADSTS700016"},
		"unknown person": {xml: logoutRequest(spID, "carol@acme.example"), own: true, okta: denied, entra: idp.Success},
	} {
		for face, want := range map[string]string{"okta": tt.okta, "entra": tt.entra} {
			t.Run(name+"/"+face, func(t *testing.T) {
				t.Parallel()
				l := loggedIn(t, face, "HTTP-Redirect")
				query := logoutQuery(t, tt.xml, "r")
				switch {
				case tt.own:
					query = l.own.signedQuery(t, query)
				case tt.by != nil:
					query = tt.by.signedQuery(t, query)
				}
				got := get(t, l.slo()+"?"+query)
				if strings.HasPrefix(want, "AADSTS") {
					assert.Contains(t, got.body, want)
					return
				}
				at := got.header.Get("Location")
				if next := regexp.MustCompile(`id="next" href="([^"]+)"`).FindStringSubmatch(got.body); next != nil {
					at = html.UnescapeString(next[1])
				}
				assertLogout(t, opened(t, at, l.Certificate()), l.EntityID(), want)
				_, after := l.call(http.MethodPost, "/people/alice/logout", "")
				assert.Equal(t, want != idp.Success || name == "unknown person", len(after["requests"].([]any)) == 2, "what was refused ended nothing")
			})
		}
	}
}

// By HTTP-POST the answer carries an enveloped signature, which crewjam and
// xmlsec1 verify. Entra takes no HTTP-POST.
func TestLogoutByPost(t *testing.T) {
	t.Parallel()
	l := loggedIn(t, "okta", "HTTP-POST")
	_, _ = l.call(http.MethodPost, "/people/bob/logout", "")
	form := l.own.signed(t, logoutRequest(spID, "alice@acme.example"), forge.Style{Prefix: "ds"})
	form.Set("RelayState", "")
	page := do(t, http.MethodPost, l.slo(), form)
	f := fields(page.body)
	require.Contains(t, f, "SAMLResponse", page.body)
	assert.Contains(t, f, "RelayState")
	assert.Contains(t, html.UnescapeString(page.body), `action="https://sp.example/slo/done"`)
	raw := responseOf(t, page.body)
	assertLogout(t, raw, l.EntityID(), idp.Success)
	sp := crewjam(t, l.IdP)
	at, err := url.Parse("https://sp.example/slo/done")
	require.NoError(t, err)
	sp.SloURL = *at
	assert.NoError(t, sp.ValidateLogoutResponseForm(f.Get("SAMLResponse")))
	assert.Equal(t, []string{"LogoutResponse"}, xmlsec(t, []byte(raw), l.Certificate()))

	e := loggedIn(t, "entra", "HTTP-Redirect")
	refused := do(t, http.MethodPost, e.slo(), e.own.signed(t, logoutRequest(spID, "alice@acme.example"), forge.Style{}))
	assert.Contains(t, refused.body, "AADSTS75003")
}

// Begun at the IdP, every participant is told, and its answer is written down.
func TestLogoutBegunHere(t *testing.T) {
	t.Parallel()
	for _, face := range []string{"okta", "entra"} {
		l := loggedIn(t, face, "HTTP-Redirect")
		assert.Contains(t, do(t, http.MethodGet, l.url+"/", nil).body, "Sign out everywhere (2)")
		page := do(t, http.MethodPost, l.url+"/-/sign-out", url.Values{"who": {"alice"}})
		assertMock(t, page)
		found := regexp.MustCompile(`<iframe hidden src="([^"]+)"`).FindAllStringSubmatch(page.body, -1)
		require.Len(t, found, 2, face)
		var to []string
		for _, f := range found {
			at := html.UnescapeString(f[1])
			opened(t, at, l.Certificate())
			before, _, _ := strings.Cut(at, "SAMLRequest=")
			to = append(to, before)
		}
		assert.Equal(t, []string{"https://sp.example/slo?a=b&", "https://other.example/slo?"}, to)
		assert.NotContains(t, do(t, http.MethodGet, l.url+"/", nil).body, "Sign out everywhere")

		done := `<samlp:LogoutResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_d" Version="2.0"><saml:Issuer>` + otherID +
			`</saml:Issuer><samlp:Status><samlp:StatusCode Value="STATUS"/></samlp:Status></samlp:LogoutResponse>`
		callback := l.Profile().(idp.LogoutProfile).SLOCallback()
		for status, says := range map[string]string{idp.Success: "<h1>Signed out", "urn:x:Responder": "did not sign the person out"} {
			query := strings.Replace(logoutQuery(t, strings.Replace(done, "STATUS", status, 1), ""), "SAMLRequest", "SAMLResponse", 1)
			query = strings.Replace(query, "&RelayState=", "", 1)
			assert.Contains(t, get(t, callback+"?"+l.own.signedQuery(t, query)).body, says, face)
			assert.Contains(t, get(t, callback+"?"+query).body, "Not signed out", "unsigned")
		}
	}
}

// While the administrator has not enabled it, there is no single logout.
func TestLogoutOnlyWhereItIsEnabled(t *testing.T) {
	t.Parallel()
	h := host(t, "okta", idp.HandlerOptions{SP: service(), People: directory(), Token: token})
	at := strings.TrimSuffix(h.SSO(), "/sso/saml") + "/slo/saml"
	assert.Equal(t, http.StatusNotFound, do(t, http.MethodGet, at+"?"+logoutQuery(t, logoutRequest(spID, "x"), ""), nil).status)
	status, _ := controller{h, t}.call(http.MethodPost, "/people/alice/logout", "")
	assert.Equal(t, http.StatusConflict, status)
	assert.NotContains(t, string(h.Metadata()), "SingleLogoutService")
	on := loggedIn(t, "okta", "HTTP-Redirect")
	assert.Contains(t, string(on.Metadata()), `Location="`+on.slo()+`"`)
	assert.Equal(t, http.StatusBadRequest, do(t, http.MethodGet, on.slo()+"?SAMLRequest=hello", nil).status)
	assert.Equal(t, http.StatusBadRequest, do(t, http.MethodGet, on.slo()+"?"+redirectQuery(t, authnRequest(spID, ""), ""), nil).status)
}
