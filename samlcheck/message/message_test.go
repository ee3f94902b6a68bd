package message_test

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/message"
)

const request = `<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion"
  ID="_1" Version="2.0" IssueInstant="2026-11-24T10:00:00Z" Destination="https://idp.example/sso"
  AssertionConsumerServiceURL="https://sp.example/acs" ForceAuthn="1" IsPassive="false">
  <a:Issuer Format="urn:x">https://sp.<!-- -->example</a:Issuer>
  <p:NameIDPolicy Format="urn:f" AllowCreate="true"/>
  <p:RequestedAuthnContext Comparison="exact"><a:AuthnContextClassRef>urn:c</a:AuthnContextClassRef></p:RequestedAuthnContext>
  <p:Scoping ProxyCount="0"/>
</p:AuthnRequest>`

func deflate(t *testing.T, raw []byte) string {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, 9)
	require.NoError(t, err)
	_, err = w.Write(raw)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

func TestParseAuthnRequest(t *testing.T) {
	t.Parallel()
	r, err := message.ParseAuthnRequest([]byte(request))
	require.NoError(t, err)
	assert.Equal(t, "_1", r.ID)
	assert.Equal(t, "https://sp.example", r.Issuer, "a comment does not cut the text short")
	assert.Equal(t, "urn:x", r.IssuerFormat)
	assert.Equal(t, "https://sp.example/acs", r.ACSURL)
	assert.True(t, r.ForceAuthn)
	assert.False(t, r.IsPassive)
	assert.Equal(t, "urn:f", r.NameIDPolicy.Format)
	assert.Equal(t, []string{"urn:c"}, r.RequestedAuthnContext.Classes)
	assert.NotNil(t, r.Scoping)
	assert.Nil(t, r.Subject)
	assert.Nil(t, r.Signature)
	assert.Equal(t, 5, r.Tree.Line(r.NameIDPolicy.Element))
	_, err = message.ParseAuthnRequest([]byte("<AuthnRequest/>"))
	require.ErrorContains(t, err, "not an AuthnRequest")
	_, err = message.ParseAuthnRequest([]byte("<!DOCTYPE a>" + request))
	require.ErrorIs(t, err, message.ErrDoctype)
}

func TestDecodeRedirect(t *testing.T) {
	t.Parallel()
	q := "x=1&SAMLRequest=" + url.QueryEscape(deflate(t, []byte(request))) + "&RelayState="
	p, err := message.DecodeRedirect(q)
	require.NoError(t, err)
	assert.Equal(t, request, string(p.XML))
	assert.Equal(t, "SAMLRequest", p.Param)
	assert.True(t, p.HasRelayState)
	assert.True(t, p.Deflated)

	plain, err := message.DecodeRedirect("SAMLResponse=" + url.QueryEscape(base64.StdEncoding.EncodeToString([]byte(request))))
	require.NoError(t, err)
	assert.False(t, plain.Deflated)
	assert.False(t, plain.HasRelayState)

	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, err = w.Write([]byte(request))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	bomb := deflate(t, bytes.Repeat([]byte("a"), 64*message.MaxMessage))
	for name, tt := range map[string]struct{ query, want string }{
		"nothing":      {"RelayState=x", "neither SAMLRequest nor SAMLResponse"},
		"twice":        {q + "&SAMLRequest=x", "SAMLRequest stands twice"},
		"both":         {q + "&SAMLResponse=x", "stand in one query"},
		"not base64":   {"SAMLRequest=%21%21", "not base64"},
		"not deflate":  {"SAMLRequest=AAAA", "not DEFLATE"},
		"bad escape":   {"SAMLRequest=%zz", "invalid URL escape"},
		"bomb":         {"SAMLRequest=" + url.QueryEscape(bomb), "larger than"},
		"zlib":         {"SAMLRequest=" + url.QueryEscape(base64.StdEncoding.EncodeToString(z.Bytes())), "zlib"},
		"encoding":     {q + "&SAMLEncoding=gzip", "unknown SAMLEncoding"},
		"bad sig text": {q + "&Signature=%21", "Signature: not base64"},
	} {
		_, err := message.DecodeRedirect(tt.query)
		assert.ErrorContains(t, err, tt.want, name)
	}
}

func TestDecodePost(t *testing.T) {
	t.Parallel()
	raw := []byte("<a>\xff\xfe?>></a>")
	std := base64.StdEncoding.EncodeToString(raw)
	for name, v := range map[string]string{
		"plain": std, "crlf": std[:4] + "\r\n" + std[4:], "url safe": base64.URLEncoding.EncodeToString(raw), "bare": strings.TrimRight(std, "="),
	} {
		got, err := message.DecodePost(v)
		require.NoError(t, err, name)
		assert.Equal(t, raw, got, name)
	}
	_, err := message.DecodePost(" ")
	require.ErrorIs(t, err, message.ErrNoMessage)
	_, err = message.DecodePost(strings.Repeat("A", 2*message.MaxMessage))
	require.ErrorIs(t, err, message.ErrTooLarge)
	_, err = message.DecodePost("{}")
	require.ErrorContains(t, err, "not base64")
}

func selfSigned(t testing.TB, key crypto.Signer) *x509.Certificate {
	t.Helper()
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Unix(1, 0), NotAfter: time.Unix(0, 0)} // ended before it began
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, key.Public(), key)
	require.NoError(t, err)
	c, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	return c
}

func TestVerifyRedirectSignature(t *testing.T) {
	t.Parallel()
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	ecKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	mine, other, ec := selfSigned(t, rsaKey), selfSigned(t, mustRSA(t)), selfSigned(t, ecKey)

	const rsa256, ec256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
	// lower-case escapes and an escaped slash: not what Go would write
	signed := func(alg string) string {
		return "SAMLRequest=" + strings.ToLower("AA%2FBB") + "&RelayState=a%20b%2fc&SigAlg=" + url.QueryEscape(alg)
	}
	sum := func(s string) []byte { h := sha256.Sum256([]byte(s)); return h[:] }
	sig, err := rsa.SignPKCS1v15(rand.Reader, rsaKey, crypto.SHA256, sum(signed(rsa256)))
	require.NoError(t, err)
	query := func(text string, sig []byte) string {
		return text + "&Signature=" + url.QueryEscape(base64.StdEncoding.EncodeToString(sig))
	}
	good := query(signed(rsa256), sig)
	alg, err := message.VerifyRedirectSignature(good, []*x509.Certificate{other, mine})
	require.NoError(t, err, "any of the certificates may be the one, and expiry does not matter")
	assert.Equal(t, rsa256, alg)

	parts := strings.Split(good, "&")
	shuffled := strings.Join([]string{"lang=en", parts[3], parts[2], parts[0], parts[1]}, "&")
	_, err = message.VerifyRedirectSignature(shuffled, []*x509.Certificate{mine})
	require.NoError(t, err, "the signed order is the binding's, whatever the query's")

	for name, tt := range map[string]struct {
		query string
		certs []*x509.Certificate
		want  error
	}{
		"other key":      {good, []*x509.Certificate{other, ec}, message.ErrBadSignature},
		"re-encoded":     {strings.Replace(good, "%2fc", "%2Fc", 1), []*x509.Certificate{mine}, message.ErrBadSignature},
		"changed state":  {strings.Replace(good, "a%20b", "a%20x", 1), []*x509.Certificate{mine}, message.ErrBadSignature},
		"dropped state":  {strings.Replace(good, "&RelayState=a%20b%2fc", "", 1), []*x509.Certificate{mine}, message.ErrBadSignature},
		"unsigned":       {signed(rsa256), []*x509.Certificate{mine}, message.ErrUnsigned},
		"no certificate": {good, nil, message.ErrNoKey},
		"unknown":        {query(signed("urn:x"), sig), []*x509.Certificate{mine}, message.ErrAlgorithm},
	} {
		_, err := message.VerifyRedirectSignature(tt.query, tt.certs)
		assert.ErrorIs(t, err, tt.want, name)
	}

	r, s, err := ecdsa.Sign(rand.Reader, ecKey, sum(signed(ec256)))
	require.NoError(t, err)
	raw := append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
	_, err = message.VerifyRedirectSignature(query(signed(ec256), raw), []*x509.Certificate{mine, ec})
	require.NoError(t, err)
	asn, err := ecdsa.SignASN1(rand.Reader, ecKey, sum(signed(ec256)))
	require.NoError(t, err)
	_, err = message.VerifyRedirectSignature(query(signed(ec256), asn), []*x509.Certificate{ec})
	require.NoError(t, err)
}

func mustRSA(t testing.TB) *rsa.PrivateKey {
	t.Helper()
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	return k
}

func TestVerifyEnveloped(t *testing.T) {
	t.Parallel()
	key := mustRSA(t)
	cert := selfSigned(t, key)
	ctx, err := dsig.NewSigningContext(key, [][]byte{cert.Raw})
	require.NoError(t, err)
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromString(request))
	signed, err := ctx.SignEnveloped(doc.Root())
	require.NoError(t, err)
	doc.SetRoot(signed)
	raw, err := doc.WriteToBytes()
	require.NoError(t, err)

	require.NoError(t, message.VerifyEnveloped(raw, []*x509.Certificate{selfSigned(t, mustRSA(t)), cert}))
	r, err := message.ParseAuthnRequest(raw)
	require.NoError(t, err)
	assert.Equal(t, "#_1", r.Signature.Reference)
	assert.Equal(t, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", r.Signature.SignatureAlgorithm)

	spoilt := bytes.Replace(raw, []byte("sp.example/acs"), []byte("sp.example/acx"), 1)
	require.ErrorIs(t, message.VerifyEnveloped(spoilt, []*x509.Certificate{cert}), message.ErrBadSignature)
	require.ErrorIs(t, message.VerifyEnveloped(raw, []*x509.Certificate{selfSigned(t, mustRSA(t))}), message.ErrBadSignature)
	require.ErrorIs(t, message.VerifyEnveloped([]byte(request), []*x509.Certificate{cert}), message.ErrUnsigned)
	require.ErrorIs(t, message.VerifyEnveloped(raw, nil), message.ErrNoKey)
}

func FuzzDecodeRedirect(f *testing.F) {
	f.Add("SAMLRequest=fZ&RelayState=x&SigAlg=y&Signature=z")
	f.Add("SAMLResponse=PGEvPg%3D%3D")
	f.Fuzz(func(t *testing.T, q string) {
		p, err := message.DecodeRedirect(q)
		if err == nil && len(p.XML) > message.MaxMessage {
			t.Fatal("unbounded")
		}
		if _, err := message.VerifyRedirectSignature(q, nil); err == nil {
			t.Fatal("verified without a key")
		}
	})
}

func FuzzParseAuthnRequest(f *testing.F) {
	f.Add([]byte(request))
	f.Add([]byte("<p:AuthnRequest xmlns:p='urn:oasis:names:tc:SAML:2.0:protocol'/>"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := message.ParseAuthnRequest(raw)
		if err != nil {
			return
		}
		if r.Tree.Line(r.Tree.Root) < 1 {
			t.Fatal("the root has no line")
		}
		if message.VerifyEnveloped(raw, nil) == nil {
			t.Fatal("verified without a key")
		}
	})
}

func FuzzDecodePost(f *testing.F) {
	f.Add("PGEvPg==")
	f.Fuzz(func(t *testing.T, v string) {
		if raw, err := message.DecodePost(v); err == nil && len(raw) > message.MaxMessage {
			t.Fatal("unbounded")
		}
	})
}
