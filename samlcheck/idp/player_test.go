package idp_test

import (
	"bytes"
	"compress/flate"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
)

const (
	spID = "https://sp.example/saml/metadata"
	acs  = "https://sp.example/saml/acs"
)

func service() idp.SP { return idp.SP{EntityID: spID, ACS: []string{acs, acs + "/second"}} }

func alice() idp.Person {
	return idp.Person{
		Ref: "known", Email: "alice@acme.example", Username: "alice@acme.example", GivenName: "Alice", Surname: "Moreau",
		DisplayName: "Alice Moreau", Groups: []string{"staff", "editors"}, Attributes: map[string][]string{"department": {"R&D <x>"}},
	}
}

// crewjam is a service provider of that library's, which reads our metadata.
func crewjam(t *testing.T, i *idp.IdP) *saml.ServiceProvider {
	t.Helper()
	var md saml.EntityDescriptor
	require.NoError(t, xml.Unmarshal(i.Metadata(), &md))
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	metadata, err := url.Parse(spID)
	require.NoError(t, err)
	at, err := url.Parse(acs)
	require.NoError(t, err)
	return &saml.ServiceProvider{
		EntityID: spID, Key: key, MetadataURL: *metadata, AcsURL: *at, IDPMetadata: &md, AllowIDPInitiated: true,
		AuthnNameIDFormat: saml.EmailAddressNameIDFormat,
	}
}

// walk sends one request through a player and returns the page.
func walk(t *testing.T, p idp.Player, method, at string, form url.Values) (int, string) {
	t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(t.Context(), method, at, body)
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := p.RoundTrip(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	page, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.Equal(t, "samlcheck", resp.Header.Get("X-Mock-IdP"))
	assert.Contains(t, string(page), "samlcheck", "every page says that it is a mock")
	return resp.StatusCode, string(page)
}

func only(t *testing.T, p idp.Player) idp.Exchange {
	t.Helper()
	require.Len(t, p.Exchanges(), 1)
	return p.Exchanges()[0]
}

// accepts has crewjam judge what was sent.
func accepts(t *testing.T, sp *saml.ServiceProvider, ex idp.Exchange, requests ...string) *saml.Assertion {
	t.Helper()
	require.NotNil(t, ex.Sent, "%s%s", ex.Refusal, ex.Fault)
	raw, err := base64.StdEncoding.DecodeString(ex.Form["SAMLResponse"])
	require.NoError(t, err)
	assert.Equal(t, ex.Sent.XML, string(raw))
	a, err := sp.ParseXMLResponse(raw, requests, sp.AcsURL)
	var invalid *saml.InvalidResponseError
	if assert.ErrorAs(t, orNil(err), &invalid) {
		require.NoError(t, invalid.PrivateErr)
	}
	return a
}

// orNil makes crewjam's error readable, or an empty one where there is none.
func orNil(err error) error {
	if err == nil {
		return &saml.InvalidResponseError{}
	}
	return err
}

func TestCrewjamSignsIn(t *testing.T) {
	t.Parallel()
	for _, p := range []idp.Profile{
		okta.New(okta.Config{}), okta.New(okta.Config{Sign: "response"}), okta.New(okta.Config{Sign: "assertion"}),
		entra.New(entra.Config{}), entra.New(entra.Config{Sign: "response"}), entra.New(entra.Config{Sign: "both"}),
	} {
		t.Run(p.Name(), func(t *testing.T) {
			t.Parallel()
			i := open(t, p, "")
			sp := crewjam(t, i)
			for _, binding := range []string{saml.HTTPRedirectBinding, saml.HTTPPostBinding, ""} {
				play := i.Play(idp.Reply{Person: alice(), SP: service(), Rich: true}, nil)
				var ids []string
				var status int
				switch binding {
				case "":
					status, _ = walk(t, play, http.MethodGet, i.Launch(), nil)
				default:
					req, err := sp.MakeAuthenticationRequest(sp.GetSSOBindingLocation(binding), binding, saml.HTTPPostBinding)
					require.NoError(t, err)
					ids = []string{req.ID}
					status = send(t, play, sp, req, binding)
				}
				require.Equal(t, http.StatusOK, status)
				ex := only(t, play)
				a := accepts(t, sp, ex, ids...)
				assert.Equal(t, "alice@acme.example", a.Subject.NameID.Value)
				assert.Equal(t, acs, ex.Sent.URL)
				assert.Contains(t, ex.Sent.Attributes, "groups=staff,editors")
				assert.Contains(t, ex.Sent.Attributes, idp.ClaimEmail)
				assert.Contains(t, ex.Sent.Attributes, "department")
				assert.Equal(t, binding != "", ex.Request != nil)
				if binding != "" {
					assert.Equal(t, "/deep?x=1", ex.Form["RelayState"])
					assert.Equal(t, ids[0], a.Subject.SubjectConfirmations[0].SubjectConfirmationData.InResponseTo)
				}
			}
		})
	}
}

func send(t *testing.T, p idp.Player, sp *saml.ServiceProvider, req *saml.AuthnRequest, binding string) int {
	t.Helper()
	if binding == saml.HTTPRedirectBinding {
		u, err := req.Redirect("/deep?x=1", sp)
		require.NoError(t, err)
		status, _ := walk(t, p, http.MethodGet, u.String(), nil)
		return status
	}
	doc := etree.NewDocument()
	doc.SetRoot(req.Element())
	raw, err := doc.WriteToBytes()
	require.NoError(t, err)
	status, _ := walk(t, p, http.MethodPost, sp.GetSSOBindingLocation(binding), url.Values{
		"SAMLRequest": {base64.StdEncoding.EncodeToString(raw)}, "RelayState": {"/deep?x=1"},
	})
	return status
}

func redirect(t *testing.T, sso, request string) string {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	require.NoError(t, err)
	_, err = io.WriteString(w, request)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return sso + "?SAMLRequest=" + url.QueryEscape(base64.StdEncoding.EncodeToString(b.Bytes()))
}

func request(attrs, inside string) string {
	return `<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ` +
		attrs + ` Version="2.0" IssueInstant="2026-01-01T00:00:00Z">` + inside + `</samlp:AuthnRequest>`
}

type refusal struct {
	request     string // "" is none at all
	path        string // besides SSO
	okta, entra string // what the page says; "" is a login
	status      int
}

func refusals() map[string]refusal {
	issuer := `<saml:Issuer>` + spID + `</saml:Issuer>`
	return map[string]refusal{
		"good":              {request: request(`ID="a1"`, issuer)},
		"second reply URL":  {request: request(`ID="a1" AssertionConsumerServiceURL="`+acs+`/second"`, issuer)},
		"foreign reply URL": {request: request(`ID="a1" AssertionConsumerServiceURL="https://evil.example/"`, issuer), okta: "400 Bad Request", entra: "AADSTS50011", status: 400},
		"unknown issuer":    {request: request(`ID="a1"`, `<saml:Issuer>https://other.example</saml:Issuer>`), entra: "AADSTS700016", status: 400},
		"no request":        {entra: "AADSTS750054", status: 400},
		"digit":             {request: request(`ID="1a"`, issuer), entra: "AADSTS7500529", status: 400},
		"subject":           {request: request(`ID="a1"`, issuer+`<saml:Subject><saml:NameID>x</saml:NameID></saml:Subject>`), entra: "AADSTS900236", status: 400},
		"name id format":    {request: request(`ID="a1"`, issuer+`<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos"/>`), entra: "AADSTS75016", status: 400},
		"comparison":        {request: request(`ID="a1"`, issuer+`<samlp:RequestedAuthnContext Comparison="minimum"><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>`), entra: "AADSTS75011", status: 400},
		"no such page":      {path: "/elsewhere", okta: "404", entra: "no such page", status: 404},
		"doctype":           {request: `<!DOCTYPE x [<!ENTITY e "e">]>` + request(`ID="a1"`, issuer), okta: "400 Bad Request", entra: "AADSTS75005", status: 400},
		"no XML":            {request: "hello", okta: "400 Bad Request", entra: "AADSTS75005", status: 400},
		"another message":   {request: `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"/>`, okta: "400", entra: "AADSTS75005", status: 400},
		"bomb":              {request: request(`ID="a1"`, issuer+strings.Repeat(" ", 8<<20)), okta: "400", entra: "AADSTS75005", status: 400},
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	open := map[string]*idp.IdP{}
	for name, p := range profiles() {
		i, err := idp.New(p, idp.Options{})
		require.NoError(t, err)
		open[name] = i
	}
	for name, tt := range refusals() {
		for face, says := range map[string]string{"okta": tt.okta, "entra": tt.entra} {
			t.Run(name+"/"+face, func(t *testing.T) {
				t.Parallel()
				i := open[face]
				play := i.Play(idp.Reply{Person: alice(), SP: service()}, nil)
				at := i.SSO()
				switch {
				case tt.path != "":
					u, err := url.Parse(at)
					require.NoError(t, err)
					at = u.Scheme + "://" + u.Host + tt.path
				case tt.request != "":
					at = redirect(t, at, tt.request)
				}
				status, page := walk(t, play, http.MethodGet, at, nil)
				ex := only(t, play)
				assert.Empty(t, ex.Fault)
				if says == "" {
					assert.Equal(t, http.StatusOK, status, page)
					assert.NotNil(t, ex.Sent)
					return
				}
				assert.Equal(t, tt.status, status)
				assert.Contains(t, page, says)
				assert.Nil(t, ex.Sent)
				assert.NotEmpty(t, ex.Refusal)
			})
		}
	}
}

func TestOtherHostsGoToBase(t *testing.T) {
	t.Parallel()
	i := open(t, okta.New(okta.Config{}), "")
	went := ""
	base := roundTripper(func(r *http.Request) (*http.Response, error) {
		went = r.URL.String()
		return &http.Response{StatusCode: http.StatusTeapot, Body: http.NoBody, Request: r}, nil
	})
	play := i.Play(idp.Reply{Person: alice(), SP: service()}, base)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://sp.example/x", nil)
	require.NoError(t, err)
	resp, err := play.RoundTrip(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	assert.Equal(t, http.StatusTeapot, resp.StatusCode)
	assert.Equal(t, "https://sp.example/x", went)
	assert.Empty(t, play.Exchanges())
	_, err = i.Play(idp.Reply{}, nil).RoundTrip(req) //nolint:bodyclose // there is none
	assert.ErrorContains(t, err, "no way to it")
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// What cannot be forged is the mock's own fault, never a clean login.
func TestForgeryThatFindsNothing(t *testing.T) {
	t.Parallel()
	for name, p := range profiles() {
		i := open(t, p, "")
		m := forge.Mutation{Name: "nothing", Stage: forge.AfterSigning, Apply: func(*etree.Element, forge.Context) error { return io.EOF }}
		play := i.Play(idp.Reply{Person: alice(), SP: service(), Forge: []forge.Mutation{m}}, nil)
		status, _ := walk(t, play, http.MethodGet, i.Launch(), nil)
		assert.Equal(t, http.StatusInternalServerError, status, name)
		ex := only(t, play)
		assert.Nil(t, ex.Sent)
		assert.Contains(t, ex.Fault, `"nothing" could not be forged`)
		assert.Empty(t, ex.Refusal)
	}
}
