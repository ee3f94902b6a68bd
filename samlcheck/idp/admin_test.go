package idp_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
)

const severalACS = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.example"><SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example/one" index="1"/>
<AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example/two" index="2" isDefault="true"/>
<AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact" Location="https://sp.example/art" index="3"/>
</SPSSODescriptor></EntityDescriptor>`

// A request may name one of several URLs by its index; Entra pays no heed to that.
func TestAssertionConsumerServiceIndex(t *testing.T) {
	t.Parallel()
	sp, err := idp.ReadSP([]byte(severalACS), "sp.xml")
	require.NoError(t, err)
	for _, tt := range []struct {
		face                 idp.Profile
		ask, answer, refusal string
	}{
		{okta.New(okta.Config{}), `AssertionConsumerServiceIndex="1"`, "https://sp.example/one", ""},
		{okta.New(okta.Config{}), `AssertionConsumerServiceIndex="2"`, "https://sp.example/two", ""},
		{okta.New(okta.Config{}), ``, "https://sp.example/two", ""},
		{okta.New(okta.Config{}), `AssertionConsumerServiceURL="https://sp.example/one"`, "https://sp.example/one", ""},
		{okta.New(okta.Config{}), `AssertionConsumerServiceIndex="3"`, "", `AssertionConsumerServiceIndex "3" is none of the app's`},
		{okta.New(okta.Config{}), `AssertionConsumerServiceIndex="&quot;"`, "", `is none of the app's`},
		{entra.New(entra.Config{}), `AssertionConsumerServiceIndex="1"`, "https://sp.example/two", ""},
	} {
		i := open(t, tt.face, "")
		request := fmt.Sprintf(`<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" Version="2.0" IssueInstant="2026-01-02T03:04:05Z" %s><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">https://sp.example</Issuer></samlp:AuthnRequest>`, tt.ask)
		form := url.Values{"SAMLRequest": {base64.StdEncoding.EncodeToString([]byte(request))}}
		play := i.Play(idp.Reply{Person: alice(), SP: sp}, nil)
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, i.SSO(), strings.NewReader(form.Encode()))
		require.NoError(t, err)
		resp, err := play.RoundTrip(req)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		ex := play.Exchanges()[0]
		assert.Contains(t, ex.Refusal, tt.refusal, tt.ask)
		if tt.answer == "" {
			assert.Nil(t, ex.Sent)
			assert.NotEmpty(t, ex.Refusal)
			continue
		}
		require.NotNil(t, ex.Sent, ex.Refusal)
		assert.Equal(t, tt.answer, ex.Sent.URL, tt.ask)
		assert.Contains(t, ex.Sent.XML, `Recipient="`+tt.answer+`"`)
	}
}

// SHA-1 is still on offer, and holds elsewhere.
func TestSHA1VerifiesElsewhere(t *testing.T) {
	t.Parallel()
	for _, p := range []idp.Profile{okta.New(okta.Config{SHA1: true}), entra.New(entra.Config{SHA1: true, Sign: "both"})} {
		i := open(t, p, "")
		m, _ := mint(t, i, idp.Reply{Person: alice(), Rich: true})
		assert.Contains(t, m.XML, "http://www.w3.org/2000/09/xmldsig#rsa-sha1")
		assert.NotContains(t, m.XML, "sha256")
		assert.ElementsMatch(t, []string{"Response", "Assertion"}, xmlsec(t, []byte(m.XML), i.Certificate()))
	}
}
