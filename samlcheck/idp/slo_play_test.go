package idp_test

import (
	"crypto/x509"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/transcript"
)

// elsewhere is a transport that only the service provider's requests may reach.
type elsewhere struct{ asked []string }

func (e *elsewhere) RoundTrip(r *http.Request) (*http.Response, error) {
	e.asked = append(e.asked, r.URL.Host)
	return nil, errors.New("elsewhere")
}

// parting is one logout: the mock, its part in it, and the service provider's key.
type parting struct {
	*idp.Parted
	idp *idp.IdP
	own keyed
	out *elsewhere
}

func (p parting) slo() string { return p.idp.Profile().(idp.LogoutProfile).SLO() }

func part(t *testing.T, face string, with idp.Parting) parting {
	t.Helper()
	profile := map[string]idp.Profile{"okta": okta.New(okta.Config{SLO: true}), "entra": entra.New(entra.Config{})}[face]
	i, err := idp.New(profile, idp.Options{})
	require.NoError(t, err)
	own, out := newKeyed(t), &elsewhere{}
	if with.SP.EntityID == "" {
		with.SP = service()
		with.SP.Certs = [][]byte{own.der}
		with.SP.Logout = idp.Endpoint{Binding: "HTTP-Redirect", URL: "https://sp.example/slo?a=b", ResponseURL: "https://sp.example/slo/done"}
	}
	with.Subject = idp.Subject{NameID: "alice@acme.example", SessionIndex: "_s1"}
	p, err := i.Part(with, out)
	require.NoError(t, err)
	return parting{p, i, own, out}
}

func certificates(t *testing.T, i *idp.IdP) []*x509.Certificate {
	t.Helper()
	c, err := x509.ParseCertificate(i.Certificate())
	require.NoError(t, err)
	return []*x509.Certificate{c}
}

// hears delivers a message of the service provider's and returns the mock's page.
func (p parting) hears(t *testing.T, method, at string, form url.Values) answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, at, strings.NewReader(form.Encode()))
	if form == nil {
		r = httptest.NewRequestWithContext(t.Context(), method, at, http.NoBody)
	} else {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := p.RoundTrip(r)
	require.NoError(t, err)
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	return answer{resp.StatusCode, string(body), resp.Header}
}

func faces(t *testing.T, test func(t *testing.T, face string)) {
	t.Helper()
	for _, face := range []string{"okta", "entra"} {
		t.Run(face, func(t *testing.T) { t.Parallel(); test(t, face) })
	}
}

// What the mock sends names whom it is about, is signed as its binding wants it,
// and is written down as it went.
func TestPartingAsks(t *testing.T) {
	t.Parallel()
	faces(t, func(t *testing.T, face string) {
		p := part(t, face, idp.Parting{Relay: "back"})
		to, form, err := p.Request()
		require.NoError(t, err)
		assert.Nil(t, form)
		assert.True(t, strings.HasPrefix(to, "https://sp.example/slo?a=b&"), to)
		text := opened(t, to, p.idp.Certificate())
		assert.Contains(t, text, ">alice@acme.example<")
		assert.Contains(t, text, ">_s1<")
		seen, fault := p.Logout()
		assert.Empty(t, fault)
		assert.Equal(t, text, seen.Sent.XML)
		assert.Equal(t, []string{"HTTP-Redirect", "query", "back"}, []string{seen.Sent.Binding, seen.Sent.Signed, seen.Sent.RelayState})
		assert.Nil(t, seen.Heard)

		posting := service()
		posting.Logout = idp.Endpoint{Binding: "HTTP-POST", URL: "https://sp.example/slo"}
		p = part(t, face, idp.Parting{SP: posting})
		to, form, err = p.Request()
		require.NoError(t, err)
		assert.Equal(t, "https://sp.example/slo", to)
		assert.False(t, form.Has("RelayState"))
		raw, err := base64.StdEncoding.DecodeString(form.Get("SAMLRequest"))
		require.NoError(t, err)
		require.NoError(t, message.VerifyEnveloped(raw, certificates(t, p.idp)))
	})
}

// Without an endpoint, and without a certificate to encrypt for, nothing is sent.
func TestPartingHasNoWay(t *testing.T) {
	t.Parallel()
	_, _, err := part(t, "okta", idp.Parting{SP: service()}).Request()
	require.ErrorIs(t, err, idp.ErrNoLogout)
	p := part(t, "okta", idp.Parting{Encrypt: true})
	_, _, err = p.Request()
	require.ErrorContains(t, err, "no certificate to encrypt for")
	seen, _ := p.Logout()
	assert.Nil(t, seen.Sent)
}

// What is spoilt is spoilt on the wire, too: unsigned, or signed by a stranger.
func TestPartingIsSpoilt(t *testing.T) {
	t.Parallel()
	p := part(t, "okta", idp.Parting{Forge: []forge.Mutation{forge.Unsigned()}})
	to, _, err := p.Request()
	require.NoError(t, err)
	assert.NotContains(t, to, "Signature=")
	seen, _ := p.Logout()
	assert.Equal(t, []string{"unsigned"}, seen.Sent.Changed)

	p = part(t, "okta", idp.Parting{Forge: []forge.Mutation{forge.SignedByForeignKey()}})
	to, _, err = p.Request()
	require.NoError(t, err)
	_, query, _ := strings.Cut(to, "?a=b&")
	_, err = message.VerifyRedirectSignature(query, certificates(t, p.idp))
	require.Error(t, err)
	assert.NotErrorIs(t, err, message.ErrUnsigned)
}

// What the service provider sends is heard whether it is signed well or not, and
// the record says which; where it asks, it is answered at the place for answers.
func TestPartingHears(t *testing.T) {
	t.Parallel()
	faces(t, func(t *testing.T, face string) {
		for name, c := range map[string]struct {
			query func(p parting, t *testing.T) string
			want  func(t *testing.T, signature string)
		}{
			"good": {
				func(p parting, t *testing.T) string {
					return p.own.signedQuery(t, logoutQuery(t, logoutRequest(spID, "alice@acme.example"), "/bye?x=1"))
				},
				func(t *testing.T, s string) { assert.Equal(t, transcript.SignatureGood, s) },
			},
			"unsigned": {
				func(_ parting, t *testing.T) string {
					return logoutQuery(t, logoutRequest(spID, "alice@acme.example"), "/bye?x=1")
				},
				func(t *testing.T, s string) { assert.Equal(t, transcript.SignatureNone, s) },
			},
			"stranger": {
				func(_ parting, t *testing.T) string {
					return newKeyed(t).signedQuery(t, logoutQuery(t, logoutRequest(spID, "alice@acme.example"), "/bye?x=1"))
				},
				func(t *testing.T, s string) {
					assert.NotContains(t, []string{"", transcript.SignatureGood, transcript.SignatureNone, transcript.SignatureOpen}, s)
				},
			},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				p := part(t, face, idp.Parting{})
				page := p.hears(t, http.MethodGet, p.slo()+"?"+c.query(p, t), nil)
				require.Equal(t, http.StatusFound, page.status)
				to := page.header.Get("Location")
				assert.True(t, strings.HasPrefix(to, "https://sp.example/slo/done?SAMLResponse="), to)
				text := opened(t, to, p.idp.Certificate())
				assert.Contains(t, text, `InResponseTo="_out1"`)
				assert.Contains(t, text, "status:Success")
				assert.Contains(t, to, "RelayState="+url.QueryEscape("/bye?x=1"))
				seen, fault := p.Logout()
				assert.Empty(t, fault)
				assert.Contains(t, seen.Heard.XML, `ID="_out1"`)
				assert.Equal(t, text, seen.Sent.XML)
				c.want(t, seen.Signature)
			})
		}
	})
}

// A status that is asked for stands beneath Responder (SAML Core 3.2.2.2).
func TestPartingGradesItsAnswer(t *testing.T) {
	t.Parallel()
	p := part(t, "entra", idp.Parting{Status: "urn:oasis:names:tc:SAML:2.0:status:PartialLogout"})
	page := p.hears(t, http.MethodGet, p.slo()+"?"+p.own.signedQuery(t, logoutQuery(t, logoutRequest(spID, "alice@acme.example"), "")), nil)
	tree, err := message.ParseTree([]byte(opened(t, page.header.Get("Location"), p.idp.Certificate())))
	require.NoError(t, err)
	outer := message.Child(message.Child(tree.Root, message.NSProtocol, "Status"), message.NSProtocol, "StatusCode")
	inner := message.Child(outer, message.NSProtocol, "StatusCode")
	require.NotNil(t, inner)
	assert.Equal(t, []string{"urn:oasis:names:tc:SAML:2.0:status:Responder", "urn:oasis:names:tc:SAML:2.0:status:PartialLogout"},
		[]string{outer.SelectAttrValue("Value", ""), inner.SelectAttrValue("Value", "")})
}

// Where there is nothing to answer, or nobody who answers, a page says where the
// person is, and nothing is written down as sent.
func TestPartingKeepsStill(t *testing.T) {
	t.Parallel()
	ask := func(p parting) string {
		return p.slo() + "?" + p.own.signedQuery(t, logoutQuery(t, logoutRequest(spID, "alice@acme.example"), ""))
	}
	silent := part(t, "okta", idp.Parting{Silent: true})
	page := silent.hears(t, http.MethodGet, ask(silent), nil)
	assert.Equal(t, http.StatusOK, page.status)
	assert.Contains(t, page.body, "You are signed out.")
	seen, _ := silent.Logout()
	assert.NotNil(t, seen.Heard)
	assert.Nil(t, seen.Sent)

	p := part(t, "okta", idp.Parting{})
	answer := base64.StdEncoding.EncodeToString([]byte(`<samlp:LogoutResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_a"/>`))
	page = p.hears(t, http.MethodPost, p.slo(), url.Values{"SAMLResponse": {answer}})
	assert.Contains(t, page.body, "You are signed out.")
	seen, _ = p.Logout()
	assert.Contains(t, seen.Heard.XML, `ID="_a"`)
	assert.Nil(t, seen.Sent)

	for name, at := range map[string]string{"no message": p.slo(), "no logout": p.slo() + "?" + redirectQuery(t, request(`ID="r1"`, ""), "")} {
		q := part(t, "okta", idp.Parting{})
		page = q.hears(t, http.MethodGet, at, nil)
		assert.Contains(t, page.body, "<h1>Sign in</h1>", name)
		seen, _ = q.Logout()
		assert.Nil(t, seen.Heard, name)
	}
}

// Nobody but the service provider's hosts is asked beyond the mock.
func TestPartingPassesOthersOn(t *testing.T) {
	t.Parallel()
	p := part(t, "okta", idp.Parting{})
	_, err := p.RoundTrip(httptest.NewRequestWithContext(t.Context(), http.MethodGet, "https://sp.example/signed-out", http.NoBody)) //nolint:bodyclose // there is none
	require.ErrorContains(t, err, "elsewhere")
	assert.Equal(t, []string{"sp.example"}, p.out.asked)
}
