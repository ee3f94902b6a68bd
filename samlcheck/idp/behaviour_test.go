package idp_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"html"
	"math/big"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/okta"
)

// keyed is a service provider's key with a certificate.
type keyed struct {
	key *rsa.PrivateKey
	der []byte
}

func newKeyed(t *testing.T) keyed {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	shape := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, shape, shape, key.Public(), key)
	require.NoError(t, err)
	return keyed{key, der}
}

// signed is a message with an enveloped signature, as HTTP-POST carries it.
func (k keyed) signed(t *testing.T, message string, style forge.Style) url.Values {
	t.Helper()
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromString(message))
	require.NoError(t, forge.Sign(doc.Root(), k.key, k.der, style))
	text, err := doc.WriteToString()
	require.NoError(t, err)
	return posted(text)
}

const issuer = `<saml:Issuer>` + spID + `</saml:Issuer>`

func TestSignedRequestsWhereTheyAreWanted(t *testing.T) {
	t.Parallel()
	own, foreign := newKeyed(t), newKeyed(t)
	whole := request(`ID="a1" AssertionConsumerServiceURL="`+acs+`"`, issuer+
		`<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"/>`)
	bare := request(`ID="a1"`, issuer)
	for name, tt := range map[string]struct {
		form        url.Values
		okta, entra string // what the page says; "" is a login
	}{
		"signed":            {form: own.signed(t, whole, forge.Style{Prefix: "ds"})},
		"not signed":        {form: posted(whole), okta: "400 Bad Request", entra: "AADSTS76021: "},
		"by another key":    {form: foreign.signed(t, whole, forge.Style{}), okta: "400 Bad Request", entra: "AADSTS75005: "},
		"with SHA-1":        {form: own.signed(t, whole, forge.Style{SHA1: true}), okta: "400 Bad Request", entra: "AADSTS75005: "},
		"changed afterward": {form: changed(t, own.signed(t, whole, forge.Style{})), okta: "400 Bad Request", entra: "AADSTS75005: "},
		"without reply URL": {form: own.signed(t, bare, forge.Style{}), okta: "400 Bad Request"},
	} {
		for face, says := range map[string]string{"okta": tt.okta, "entra": tt.entra} {
			t.Run(name+"/"+face, func(t *testing.T) {
				t.Parallel()
				i := open(t, profiles()[face], "")
				sp := service()
				sp.Certs, sp.RequireSigned = [][]byte{foreign.der, own.der}, true
				if name == "by another key" {
					sp.Certs = sp.Certs[1:]
				}
				play := i.Play(idp.Reply{Person: alice(), SP: sp}, nil)
				_, page := walk(t, play, http.MethodPost, i.SSO(), tt.form)
				assert.Equal(t, says == "", only(t, play).Sent != nil, only(t, play).Refusal)
				assert.Contains(t, page, says)

				sp.RequireSigned = false
				play = i.Play(idp.Reply{Person: alice(), SP: sp}, nil)
				status, _ := walk(t, play, http.MethodPost, i.SSO(), tt.form)
				assert.Equal(t, http.StatusOK, status, "where nobody wants signatures, none is looked at")
			})
		}
	}
}

func changed(t *testing.T, form url.Values) url.Values {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(form.Get("SAMLRequest"))
	require.NoError(t, err)
	return posted(strings.Replace(string(raw), `ID="a1"`, `IsPassive="true" ID="a1"`, 1))
}

func TestLaunchWhereSignedRequestsAreWanted(t *testing.T) {
	t.Parallel()
	sp := service()
	sp.RequireSigned = true
	for face, p := range profiles() {
		i := open(t, p, "")
		play := i.Play(idp.Reply{Person: alice(), SP: sp}, nil)
		_, page := walk(t, play, http.MethodGet, i.Launch(), nil)
		assert.Equal(t, face == "okta", only(t, play).Sent != nil, "Entra does not allow it")
		assert.Equal(t, face == "entra", strings.Contains(page, "AADSTS76021"))
	}
}

// The app's NameID format is what Okta holds a request to; Entra lets the
// request choose.
func TestNameIDPolicyAgainstTheApp(t *testing.T) {
	t.Parallel()
	asks := func(format string) url.Values {
		return posted(request(`ID="a1"`, issuer+`<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:`+format+`"/>`))
	}
	for format, want := range map[string]int{
		"1.1:nameid-format:emailAddress": http.StatusOK, "1.1:nameid-format:unspecified": http.StatusOK, "2.0:nameid-format:persistent": http.StatusBadRequest,
	} {
		for face, p := range profiles() {
			i := open(t, p, "")
			play := i.Play(idp.Reply{Person: alice(), SP: service(), NameIDFormat: "emailAddress"}, nil)
			status, _ := walk(t, play, http.MethodPost, i.SSO(), asks(format))
			want := want
			if face == "entra" {
				want = http.StatusOK
			}
			assert.Equal(t, want, status, face+format)
			play = i.Play(idp.Reply{Person: alice(), SP: service()}, nil)
			status, _ = walk(t, play, http.MethodPost, i.SSO(), asks(format))
			assert.Equal(t, http.StatusOK, status, "where the administrator chose none: "+face+format)
			if face == "okta" {
				i = open(t, okta.New(okta.Config{Settings: okta.Settings{NameIDFormat: "emailAddress"}}), "")
				play = i.Play(idp.Reply{Person: alice(), SP: service()}, nil)
				status, _ = walk(t, play, http.MethodPost, i.SSO(), asks(format))
				assert.Equal(t, want, status, "chosen in the app's settings: "+format)
			}
		}
	}
}

func TestProtocolBinding(t *testing.T) {
	t.Parallel()
	for binding, says := range map[string]string{"HTTP-POST": "", "HTTP-Artifact": "AADSTS75003"} {
		i := open(t, profiles()["entra"], "")
		play := i.Play(idp.Reply{Person: alice(), SP: service()}, nil)
		_, page := walk(t, play, http.MethodPost, i.SSO(), posted(request(`ID="a1" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:`+binding+`"`, issuer)))
		assert.Contains(t, page, says)
		assert.Equal(t, says == "", only(t, play).Sent != nil)
	}
}

// Whoever must sign in again has signed in now, not minutes ago.
func TestForceAuthn(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	for face, p := range profiles() {
		i, err := idp.New(p, idp.Options{Now: func() time.Time { return now }})
		require.NoError(t, err)
		for attrs, want := range map[string]bool{`ID="a1"`: false, `ID="a1" ForceAuthn="false"`: false, `ID="a1" ForceAuthn="true"`: true} {
			play := i.Play(idp.Reply{Person: alice(), SP: service()}, nil)
			walk(t, play, http.MethodPost, i.SSO(), posted(request(attrs, issuer)))
			assert.Equal(t, want, strings.Contains(only(t, play).Sent.XML, `AuthnInstant="2026-03-01T10:00:00.000Z"`), face+attrs)
		}
	}
}

// Nobody may be asked: who is signed in already is, and otherwise an error
// status says so.
func TestIsPassive(t *testing.T) {
	t.Parallel()
	for face := range hostedFaces() {
		t.Run(face, func(t *testing.T) {
			t.Parallel()
			h := host(t, face, idp.HandlerOptions{SP: service(), People: directory()})
			jar, err := cookiejar.New(nil)
			require.NoError(t, err)
			browser := &http.Client{Jar: jar}
			ask := func(attrs string) string {
				raw := responseOf(t, fetch(t, browser, h.SSO(), posted(request(attrs, issuer))))
				return raw
			}
			passive := ask(`ID="a1" IsPassive="true"`)
			assert.Contains(t, passive, `"urn:oasis:names:tc:SAML:2.0:status:NoPassive"`)
			assert.NotContains(t, passive, "Assertion ")
			assert.NoError(t, verifies(t, passive, h.Certificate()))

			page := fetch(t, browser, h.Launch(), nil)
			f := url.Values{"request": {fields(page).Get("request")}, "who": {"alice"}}
			require.Contains(t, fetch(t, browser, h.url+"/-/sign-in", f), "SAMLResponse")
			passive = ask(`ID="a1" IsPassive="true"`)
			assert.Contains(t, passive, "alice@acme.example")
			assert.Contains(t, passive, `InResponseTo="a1"`)
			assert.Contains(t, ask(`ID="a1" IsPassive="true" ForceAuthn="true"`), "NoPassive", "signing in again takes a page")
			assert.NotContains(t, fetch(t, browser, h.SSO(), posted(request(`ID="a1"`, issuer))), "SAMLResponse", "the page lets a human choose each time")
		})
	}
}

func verifies(t *testing.T, message string, der []byte) error {
	t.Helper()
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromString(message))
	return forge.VerifyDER(doc.Root(), der)
}

// fetch gets a page, or posts a form.
func fetch(t *testing.T, c *http.Client, at string, form url.Values) string {
	t.Helper()
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	r, err := http.NewRequestWithContext(t.Context(), method, at, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := c.Do(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	var b strings.Builder
	require.NoError(t, resp.Write(&b))
	return b.String()
}

func responseOf(t *testing.T, page string) string {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(fields(page).Get("SAMLResponse"))
	require.NoError(t, err, page)
	return string(raw)
}

// What a person reads to support stands on Entra's page: two GUIDs and a time.
func TestTroubleshootingDetails(t *testing.T) {
	t.Parallel()
	h := host(t, "entra", idp.HandlerOptions{SP: service(), People: directory()})
	require.Equal(t, http.StatusOK, do(t, http.MethodPost, h.url+"/-/disable", url.Values{"who": {"bob"}, "disabled": {"yes"}}).status)
	page := pick(t, h, do(t, http.MethodGet, h.Launch(), nil).body, "bob")
	assertMock(t, page)
	const guid = `[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`
	for _, want := range []string{
		`<dt>Request Id</dt><dd>` + guid + `</dd>`, `<dt>Correlation Id</dt><dd>` + guid + `</dd>`,
		`<dt>Timestamp</dt><dd>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ</dd>`, `AADSTS50057: `, `"iErrorCode":"50057"`, `"pgid":"ConvergedError"`,
	} {
		assert.Regexp(t, want, html.UnescapeString(page.body))
	}
	require.Equal(t, http.StatusOK, do(t, http.MethodPost, h.url+"/-/disable", url.Values{"who": {"bob"}}).status)
	assert.Contains(t, pick(t, h, do(t, http.MethodGet, h.Launch(), nil).body, "bob").body, "SAMLResponse")
}

// A script in a request must stay words on the page.
func TestPagesEscapeWhatStrangersSay(t *testing.T) {
	t.Parallel()
	const evil = `</script><script>alert(1)</script>`
	for face := range hostedFaces() {
		h := host(t, face, idp.HandlerOptions{SP: service(), People: directory()})
		for _, attrs := range []string{`ID="1"`, `ID="a1" AssertionConsumerServiceURL="` + html.EscapeString(evil) + `"`} {
			got := do(t, http.MethodPost, h.SSO(), posted(request(attrs, `<saml:Issuer>`+html.EscapeString(evil)+`</saml:Issuer>`)))
			assert.NotContains(t, got.body, "<script>alert", face+attrs)
		}
	}
}

// Several apps behind one address are told apart by who asks.
func TestSeveralApps(t *testing.T) {
	t.Parallel()
	for face := range hostedFaces() {
		other := idp.SP{EntityID: "https://other.example", ACS: []string{"https://other.example/acs"}}
		h := host(t, face, idp.HandlerOptions{SP: service(), More: []idp.SP{other}, People: directory()})
		for page, want := range map[string]string{
			do(t, http.MethodGet, h.SSO()+"?"+redirectQuery(t, authnRequest(other.EntityID, ""), ""), nil).body: other.ACS[0],
			do(t, http.MethodGet, h.SSO()+"?"+redirectQuery(t, authnRequest(spID, ""), ""), nil).body:           acs,
			do(t, http.MethodGet, h.Launch(), nil).body:                                                         acs,
			do(t, http.MethodGet, join(h.Launch(), "sp="+url.QueryEscape(other.EntityID)), nil).body:            other.ACS[0],
		} {
			sent := pick(t, h, page, "alice").body
			assert.Contains(t, html.UnescapeString(sent), `action="`+want+`"`, face)
		}
		crossed := do(t, http.MethodGet, h.SSO()+"?"+redirectQuery(t, authnRequest(other.EntityID, acs), ""), nil)
		assert.Equal(t, http.StatusBadRequest, crossed.status, "one app's response never goes to another's address")
	}
}

func join(at, query string) string {
	if strings.Contains(at, "?") {
		return at + "&" + query
	}
	return at + "?" + query
}
