package entra_test

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
)

var keyDescriptors = regexp.MustCompile(`(<KeyDescriptor .*?</KeyDescriptor>)+`)

// The keys aside, the tenant's document is the app's to the byte.
func TestGenericMetadata(t *testing.T) {
	t.Parallel()
	i := opened(t, entra.Config{})
	generic, err := i.GenericMetadata()
	require.NoError(t, err)
	assert.True(t, bytes.HasPrefix(generic, []byte("\xef\xbb\xbf<?xml")), "a byte order mark and a declaration")
	bare := func(raw []byte) string { return keyDescriptors.ReplaceAllString(blank(string(raw)), "KEYS") }
	assert.Equal(t, bare(i.Metadata()), bare(generic))
	assert.Contains(t, string(generic), `entityID="`+i.EntityID()+`"`)
	assert.Contains(t, string(generic), `Location="`+i.SSO()+`"`)

	app := base64.StdEncoding.EncodeToString(i.Certificate())
	assert.Contains(t, string(i.Metadata()), app)
	assert.NotContains(t, string(generic), app, "the real one does not have an app's own certificate")

	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromBytes(generic))
	var roles [][]string
	for _, role := range doc.Root().ChildElements()[1:] {
		var keys []string
		for _, c := range role.FindElements("./KeyDescriptor/KeyInfo/X509Data/X509Certificate") {
			keys = append(keys, c.Text())
		}
		roles = append(roles, keys)
	}
	require.Len(t, roles, 3)
	require.Len(t, roles[0], 3)
	assert.Equal(t, roles[0], roles[1])
	assert.Equal(t, roles[0], roles[2])
	for n, text := range roles[0] {
		der, err := base64.StdEncoding.DecodeString(text)
		require.NoError(t, err)
		assert.Equal(t, n == 0, forge.VerifyDER(doc.Root(), der) == nil, "the first key signs, and no other: %d", n)
	}
}

func TestTenantCertificate(t *testing.T) {
	t.Parallel()
	generic, err := opened(t, entra.Config{}).GenericMetadata()
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`<X509Certificate>([^<]*)<`).FindAllStringSubmatch(string(generic), -1) {
		seen[m[1]] = true
		der, err := base64.StdEncoding.DecodeString(m[1])
		require.NoError(t, err)
		c, err := x509.ParseCertificate(der)
		require.NoError(t, err)
		assert.Equal(t, "CN=accounts.accesscontrol.windows.net", c.Subject.String())
		assert.Equal(t, c.RawSubject, c.RawIssuer)
		assert.NotEmpty(t, c.Extensions)
		assert.Equal(t, c.NotBefore.AddDate(5, 0, 0), c.NotAfter)
	}
	assert.Len(t, seen, 3)
}

// It is kept like the app's: a restart does not change it. Another tenant's is
// another.
func TestGenericMetadataIsKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	of := func(tenant string) string {
		i, err := idp.New(entra.New(entra.Config{Tenant: tenant}), idp.Options{State: dir})
		require.NoError(t, err)
		raw, err := i.GenericMetadata()
		require.NoError(t, err)
		return string(raw)
	}
	first := of("")
	assert.Equal(t, first, of(""))
	other := of("11111111-0000-4000-8000-000000000000")
	cert := strings.Split(strings.Split(first, "<X509Certificate>")[1], "<")[0]
	assert.NotContains(t, other, cert)
}

func TestOktaHasNoGenericMetadata(t *testing.T) {
	t.Parallel()
	i, err := idp.New(okta.New(okta.Config{}), idp.Options{})
	require.NoError(t, err)
	_, err = i.GenericMetadata()
	assert.ErrorIs(t, err, idp.ErrNoGeneric)
}
