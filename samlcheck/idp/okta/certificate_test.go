package okta_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp/okta"
)

func TestCertificateAgainstARecordedOne(t *testing.T) {
	t.Parallel()
	m := regexp.MustCompile(`(?s)<ds:X509Certificate>(.*?)<`).FindStringSubmatch(string(recorded(t, "metadata/02.xml")))
	der, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(m[1], "\n", ""))
	require.NoError(t, err)
	theirs, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)

	// The serial is the moment of creation; with it and the org's name everything
	// but key and signature is the same.
	created := time.UnixMilli(theirs.SerialNumber.Int64())
	made, err := okta.New(okta.Config{Org: theirs.Subject.CommonName}).Certificate(key, created)
	require.NoError(t, err)
	ours, err := x509.ParseCertificate(made)
	require.NoError(t, err)
	assert.Equal(t, theirs.RawSubject, ours.RawSubject, "names, in their string types")
	assert.Equal(t, theirs.RawIssuer, ours.RawIssuer)
	assert.Equal(t, theirs.SerialNumber, ours.SerialNumber)
	assert.Equal(t, theirs.NotBefore, ours.NotBefore)
	assert.Equal(t, theirs.NotAfter, ours.NotAfter)
	assert.Equal(t, theirs.Version, ours.Version)
	assert.Equal(t, theirs.SignatureAlgorithm, ours.SignatureAlgorithm)
	assert.Empty(t, ours.Extensions)
	assert.Equal(t, frame(t, der), frame(t, made))
}

// frame is what a certificate holds besides its names, key and signature value.
func frame(t *testing.T, der []byte) []byte {
	t.Helper()
	var c struct {
		TBS struct {
			Version int `asn1:"explicit,tag:0"`
			Serial  asn1.RawValue
			Alg     asn1.RawValue
			Issuer  asn1.RawValue
			Dates   asn1.RawValue
			Subject asn1.RawValue
			Key     asn1.RawValue
		}
		Alg   asn1.RawValue
		Value asn1.BitString
	}
	_, err := asn1.Unmarshal(der, &c)
	require.NoError(t, err)
	return append(append(c.TBS.Serial.FullBytes, c.TBS.Alg.FullBytes...), append(c.TBS.Dates.FullBytes, c.Alg.FullBytes...)...)
}

func TestShapes(t *testing.T) {
	t.Parallel()
	p := okta.New(okta.Config{Org: "acme-dev", App: "Same Page"})
	assert.Regexp(t, `^http://www\.okta\.com/exk[0-9A-Za-z]{17}$`, p.EntityID())
	assert.Regexp(t, `^https://acme-dev\.okta\.example/app/acme-dev_samepage_1/exk[0-9A-Za-z]{17}/sso/saml$`, p.SSO())
	assert.Regexp(t, `^https://acme-dev\.okta\.example/home/acme-dev_samepage_1/0oa[0-9A-Za-z]{17}/aln[0-9A-Za-z]{17}$`, p.Launch())
	assert.Contains(t, okta.New(okta.Config{App: "acme_samepage_7"}).SSO(), "/app/acme_samepage_7/", "a whole name is kept")
	lengths := map[int]bool{}
	for n := range 200 {
		id := p.NewID([]byte{byte(n)})
		assert.Regexp(t, `^id[1-9][0-9]{24,28}$`, id)
		lengths[len(id)] = true
	}
	assert.Len(t, lengths, 5, "25 to 29 digits")
	same := okta.New(okta.Config{Org: "acme-dev", App: "Same Page", Sign: "response", BaseURL: "http://127.0.0.1:1/"})
	assert.Equal(t, p.EntityID(), same.EntityID(), "where it listens does not change who it is")
	assert.Regexp(t, `^http://127\.0\.0\.1:1/app/`, same.SSO())
	assert.NotEqual(t, p.EntityID(), okta.New(okta.Config{Org: "other"}).EntityID())
}
