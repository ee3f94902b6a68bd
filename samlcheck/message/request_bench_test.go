package message_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/internal/cputime"
	"example.com/samepage/samlcheck/message"
)

// What service providers send, as crewjam's signs it, verified beside what there
// is for it. Crewjam itself verifies of these a posted LogoutResponse alone: its
// identity provider reads a signed AuthnRequest and does not look at the signature.
func BenchmarkVerifyRequest(b *testing.B) {
	sp, cert := signing(b)
	certs := []*x509.Certificate{cert}
	login, err := sp.MakeAuthenticationRequest("https://idp.example/sso", saml.HTTPPostBinding, saml.HTTPPostBinding)
	require.NoError(b, err)
	raw := written(b, login.Element())
	each(b, "what=AuthnRequest/by=quick", func() error { return message.VerifyEnveloped(raw, certs) })
	each(b, "what=AuthnRequest/by=goxmldsig", func() error { return onTree(raw, cert) })

	logout, err := sp.MakeLogoutResponse(sp.SloURL.String(), "_request")
	require.NoError(b, err)
	raw = written(b, logout.Element())
	form := base64.StdEncoding.EncodeToString(raw)
	each(b, "what=LogoutResponse/by=quick", func() error { return message.VerifyEnveloped(raw, certs) })
	each(b, "what=LogoutResponse/by=crewjam", func() error { return sp.ValidateLogoutResponseForm(form) })

	query, err := sp.MakeRedirectAuthenticationRequest("relay")
	require.NoError(b, err)
	idp := &saml.IdentityProvider{SSOURL: url.URL{Scheme: "https", Host: "idp.example", Path: "/sso"}, Certificate: cert, ServiceProviderProvider: sps{sp.Metadata()}}
	r := httptest.NewRequest(http.MethodGet, query.String(), nil)
	each(b, "what=query/by=quick", func() error {
		_, err := message.VerifyRedirectSignature(query.RawQuery, certs)
		return err
	})
	each(b, "what=query/by=crewjam", func() error {
		req, err := saml.NewIdpAuthnRequest(idp, r)
		if err != nil {
			return err
		}
		return req.Validate()
	})
}

// sps is the one service provider that crewjam's identity provider knows.
type sps struct{ sp *saml.EntityDescriptor }

func (s sps) GetServiceProvider(*http.Request, string) (*saml.EntityDescriptor, error) {
	return s.sp, nil
}

func written(b *testing.B, el *etree.Element) []byte {
	b.Helper()
	doc := etree.NewDocument()
	doc.SetRoot(el)
	raw, err := doc.WriteToBytes()
	require.NoError(b, err)
	return raw
}

// signing is crewjam's service provider with a key, and with itself for an identity
// provider, so that it can verify what it signs.
func signing(b *testing.B) (*saml.ServiceProvider, *x509.Certificate) {
	b.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(b, err)
	from := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, from, from, key.Public(), key)
	require.NoError(b, err)
	cert, err := x509.ParseCertificate(der)
	require.NoError(b, err)
	at := func(path string) url.URL { return url.URL{Scheme: "https", Host: "sp.example", Path: path} }
	idp := &saml.EntityDescriptor{EntityID: "https://sp.example", IDPSSODescriptors: []saml.IDPSSODescriptor{{
		SSODescriptor: saml.SSODescriptor{RoleDescriptor: saml.RoleDescriptor{KeyDescriptors: []saml.KeyDescriptor{{
			Use: "signing", KeyInfo: saml.KeyInfo{X509Data: saml.X509Data{X509Certificates: []saml.X509Certificate{{Data: base64.StdEncoding.EncodeToString(der)}}}},
		}}}},
		SingleSignOnServices: []saml.Endpoint{{Binding: saml.HTTPRedirectBinding, Location: "https://idp.example/sso"}},
	}}}
	return &saml.ServiceProvider{
		EntityID: "https://sp.example", Key: key, Certificate: cert, AcsURL: at("/acs"), SloURL: at("/slo"), MetadataURL: at("/metadata"),
		SignatureMethod: dsig.RSASHA256SignatureMethod, IDPMetadata: idp,
	}, cert
}

// onTree verifies as crewjam does it: of a parsed document.
func onTree(raw []byte, cert *x509.Certificate) error {
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(raw); err != nil {
		return err
	}
	ctx := dsig.NewDefaultValidationContext(&dsig.MemoryX509CertificateStore{Roots: []*x509.Certificate{cert}})
	ctx.IdAttribute = "ID"
	_, err := ctx.Validate(doc.Root())
	return err
}

func each(b *testing.B, name string, op func() error) {
	b.Helper()
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		began := cputime.Used()
		for b.Loop() {
			if err := op(); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(cputime.Used()-began)/float64(b.N), "cpu-ns/op")
	})
}
