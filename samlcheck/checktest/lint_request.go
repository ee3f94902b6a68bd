package checktest

import (
	"bytes"
	"compress/flate"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // a fixture is signed with it on purpose
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"io/fs"
	"math/big"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

var (
	scene    = regexp.MustCompile(`<!-- case (.*?) -->`)
	firstKey = regexp.MustCompile(`<ds:X509Certificate>[^<]*<`)
	firstID  = regexp.MustCompile(` ID="[^"]*"`)
)

// stage sets the scene that an AuthnRequest fixture describes: two clean
// logins whose requests it is, and the service's metadata.
func stage(t *testing.T, fsys fs.FS, c *samlcheck.Case, xml string) {
	t.Helper()
	with := map[string]string{}
	if m := scene.FindStringSubmatch(xml); m != nil {
		for _, f := range strings.Fields(m[1]) {
			k, v, _ := strings.Cut(f, "=")
			with[k] = v
		}
	}
	s := signer{with: with, key: newKey(t)}
	s.cert = certificate(t, s.key)
	published := s.cert
	if with["key"] == "foreign" {
		published = certificate(t, newKey(t))
	}
	c.SP = serviceWith(t, fsys, published, with["sign"] != "" && with["metadata"] != "silent" || with["metadata"] == "signs")
	again := xml
	switch with["again"] {
	case "same":
	case "next":
		again = firstID.ReplaceAllString(xml, ` ID="_1002"`)
	default:
		again = firstID.ReplaceAllString(xml, ` ID="_c08e5b7f13d64a2998f7021e6ab4d35c"`)
	}
	for name, text := range map[string]string{"known-1": xml, "known-2": again} {
		c.Runs[name] = transcript.Run{ID: "fixture/" + name, Trial: name, Began: c.Now, Steps: []transcript.Step{{
			Name: "login", Began: c.Now, Took: 1500, Request: s.deliver(t, text),
		}}}
	}
}

// serviceWith is sp-metadata/good.xml with another signing certificate.
func serviceWith(t *testing.T, fsys fs.FS, cert []byte, signs bool) *metadata.Doc {
	t.Helper()
	raw, err := fs.ReadFile(fsys, "sp-metadata/good.xml")
	require.NoError(t, err)
	at := firstKey.FindIndex(raw)
	require.NotNil(t, at)
	text := string(raw[:at[0]]) + "<ds:X509Certificate>" + base64.StdEncoding.EncodeToString(cert) + "<" + string(raw[at[1]:])
	if !signs {
		text = strings.Replace(text, `AuthnRequestsSigned="true"`, `AuthnRequestsSigned="false"`, 1)
	}
	doc, err := metadata.Parse([]byte(text), "sp-metadata/good.xml")
	require.NoError(t, err)
	require.Equal(t, signs, doc.AuthnRequestsSigned())
	return doc
}

type signer struct {
	with map[string]string
	key  *rsa.PrivateKey
	cert []byte
}

func (s signer) deliver(t *testing.T, xml string) *transcript.Message {
	t.Helper()
	m := &transcript.Message{URL: "https://idp.example/sso", Binding: "HTTP-Redirect", XML: xml}
	m.RelayState, m.HasRelayState = s.with["relay"]
	if s.with["binding"] == "post" {
		m.Binding = "HTTP-POST"
		if s.with["sign"] != "" {
			m.XML = s.envelop(t, xml)
		}
		return m
	}
	m.Query = s.query(t, m)
	return m
}

func (s signer) query(t *testing.T, m *transcript.Message) string {
	t.Helper()
	packed := []byte(m.XML)
	if s.with["deflate"] != "no" {
		var b bytes.Buffer
		w, err := flate.NewWriter(&b, flate.BestCompression)
		require.NoError(t, err)
		_, err = w.Write([]byte(m.XML))
		require.NoError(t, err)
		require.NoError(t, w.Close())
		packed = b.Bytes()
	}
	q := "SAMLRequest=" + url.QueryEscape(base64.StdEncoding.EncodeToString(packed))
	if m.HasRelayState {
		q += "&RelayState=" + url.QueryEscape(m.RelayState)
	}
	var hash crypto.Hash
	var sum []byte
	switch s.with["sign"] {
	case "":
		return q
	case "rsa-sha1":
		q += "&SigAlg=" + url.QueryEscape("http://www.w3.org/2000/09/xmldsig#rsa-sha1")
		h := sha1.Sum([]byte(q)) //nolint:gosec // see above
		hash, sum = crypto.SHA1, h[:]
	default:
		q += "&SigAlg=" + url.QueryEscape("http://www.w3.org/2001/04/xmldsig-more#"+s.with["sign"])
		h := sha256.Sum256([]byte(q))
		hash, sum = crypto.SHA256, h[:]
	}
	sig, err := rsa.SignPKCS1v15(rand.Reader, s.key, hash, sum)
	require.NoError(t, err)
	q += "&Signature=" + url.QueryEscape(base64.StdEncoding.EncodeToString(sig))
	if s.with["order"] == "odd" {
		first, rest, _ := strings.Cut(q, "&")
		q = rest + "&" + first
	}
	return q
}

func (s signer) envelop(t *testing.T, xml string) string {
	t.Helper()
	ctx, err := dsig.NewSigningContext(s.key, [][]byte{s.cert})
	require.NoError(t, err)
	ctx.Canonicalizer = dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("")
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromString(xml))
	signed, err := ctx.SignEnveloped(doc.Root())
	require.NoError(t, err)
	last := len(signed.Child) - 1 // the signer appends; SAML wants it after the Issuer
	sig := signed.Child[last].(*etree.Element).Copy()
	signed.Child = signed.Child[:last]
	signed.InsertChildAt(signed.ChildElements()[0].Index()+1, sig)
	doc.SetRoot(signed)
	text, err := doc.WriteToString()
	require.NoError(t, err)
	return text
}

func newKey(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	return key
}

func certificate(t *testing.T, key *rsa.PrivateKey) []byte {
	t.Helper()
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, key.Public(), key)
	require.NoError(t, err)
	return der
}
