package difference_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"io/fs"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/fixtures"
	"example.com/samepage/samlcheck/difference"
	"example.com/samepage/samlcheck/metadata"
)

func text(t *testing.T, name string) string {
	t.Helper()
	b, err := fs.ReadFile(fixtures.FS, name)
	require.NoError(t, err)
	return string(b)
}

func between(t *testing.T, was, is string) []difference.Change {
	t.Helper()
	a, err := metadata.Parse([]byte(was), "old.xml")
	require.NoError(t, err)
	b, err := metadata.Parse([]byte(is), "new.xml")
	require.NoError(t, err)
	out, err := difference.Between(a, b)
	require.NoError(t, err)
	for _, c := range out {
		assert.NotEmpty(t, c.Because, c.What)
		if c.Gravity != difference.Harmless {
			assert.NotEmpty(t, c.Do, c.What)
		}
	}
	return out
}

func TestNothingChanged(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"sp-metadata/complete.xml", "idp-metadata/good.xml"} {
		doc := text(t, name)
		assert.Empty(t, between(t, doc, doc))
		assert.Empty(t, between(t, doc, strings.ReplaceAll(doc, "\n", "\n  ")), "white space is no change")
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	sp, idp := text(t, "sp-metadata/good.xml"), text(t, "idp-metadata/good.xml")
	swap := func(doc, was, is string) string {
		out := strings.Replace(doc, was, is, 1)
		require.NotEqual(t, doc, out, "%q is not there", was)
		return out
	}
	cert := func(doc string, n int) string {
		return strings.TrimSpace(strings.SplitN(strings.SplitN(doc, "<ds:X509Certificate>", n+2)[n+1], "<", 2)[0])
	}
	key := func(c string) string {
		return `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>` + c + `</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`
	}
	role := func(doc string) string { return doc[strings.Index(doc, "<md:KeyDescriptor"):] }
	for _, c := range []struct {
		name, was, is string
		what          string
		gravity       difference.Gravity
		says          string
	}{
		{"entityID", sp, swap(sp, `entityID="https://sp.example/saml"`, `entityID="https://sp.example/saml/"`), "entityID", difference.Breaks, "audience"},
		{"ACS moved", sp, swap(sp, "https://sp.example/acs", "https://sp.example/acs2"), "AssertionConsumerService", difference.Breaks, "old address"},
		{"wants signed assertions", swap(sp, `WantAssertionsSigned="true"`, `WantAssertionsSigned="false"`), sp, "WantAssertionsSigned", difference.MayBreak, "envelope"},
		{"no longer signs", sp, swap(sp, `AuthnRequestsSigned="true"`, `AuthnRequestsSigned="false"`), "AuthnRequestsSigned", difference.MayBreak, "verifies requests"},
		{"all keys new", sp, swap(sp, cert(sp, 0), cert(idp, 0)), "signing certificate", difference.Breaks, "every certificate for this use"},
		{"rollover begins", idp, swap(idp, role(idp), key(cert(sp, 0))+role(idp)), "signing certificate", difference.Harmless, "rollover"},
		{"rollover ends", swap(idp, role(idp), key(cert(sp, 0))+role(idp)), idp, "signing certificate", difference.MayBreak, "withdrawn"},
		{"issuer", idp, swap(idp, `entityID="`, `entityID="x`), "entityID", difference.Breaks, "trusts an issuer"},
		{"SSO moved", idp, swap(idp, "https://idp.example/sso", "https://idp.example/sso2"), "SingleSignOnService", difference.Breaks, "no longer named"},
		{"format gone", sp, swap(sp, "emailAddress", "unspecified"), "NameIDFormat", difference.MayBreak, "taken for others"},
		{"ends", sp, swap(sp, "entityID=", `validUntil="2030-01-01T00:00:00Z" entityID=`), "validUntil", difference.Harmless, "reads the metadata again"},
		{"no SAML 2.0", sp, swap(sp, "urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:1.1:protocol"), "protocolSupportEnumeration", difference.Breaks, "pass it over"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			found := false
			all := between(t, c.was, c.is)
			for _, x := range all {
				found = found || x.What == c.what && x.Gravity == c.gravity && strings.Contains(x.Because, c.says)
			}
			assert.True(t, found, "%+v", all)
		})
	}
}

func TestDifferentKinds(t *testing.T) {
	t.Parallel()
	a, err := metadata.Parse([]byte(text(t, "sp-metadata/good.xml")), "a")
	require.NoError(t, err)
	b, err := metadata.Parse([]byte(text(t, "idp-metadata/good.xml")), "b")
	require.NoError(t, err)
	_, err = difference.Between(a, b)
	require.ErrorContains(t, err, "not two versions of one thing")
}

// A certificate that was renewed for its key is told beside the new one.
func TestARenewedCertificateNamesTheNewOne(t *testing.T) {
	t.Parallel()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	doc := func(until time.Time) *metadata.Doc {
		c := &x509.Certificate{SerialNumber: big.NewInt(until.Unix()), NotBefore: until.AddDate(-3, 0, 0), NotAfter: until}
		der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
		require.NoError(t, err)
		d, err := metadata.Parse([]byte(`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.example"><SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>`+
			base64.StdEncoding.EncodeToString(der)+`</X509Certificate></X509Data></KeyInfo></KeyDescriptor><AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example/acs" index="0"/></SPSSODescriptor></EntityDescriptor>`), "sp.xml")
		require.NoError(t, err)
		return d
	}
	got, err := difference.Between(doc(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)), doc(time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)))
	require.NoError(t, err)
	require.Len(t, got, 1)
	assert.Contains(t, got[0].Was, "until 2027-01-01")
	assert.Contains(t, got[0].Is, "until 2030-01-01")
}
