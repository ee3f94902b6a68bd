package idp_test

import (
	"encoding/base64"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/metadata"
)

// shown are the signing certificates of the metadata's SAML role, in order, and
// how often each role repeats them.
func shown(t *testing.T, raw []byte) (certs []string) {
	t.Helper()
	doc, err := metadata.Parse(raw, "metadata")
	require.NoError(t, err)
	for _, c := range doc.SigningCertificates(doc.IdP()) {
		certs = append(certs, string(c.Raw))
	}
	return certs
}

// Okta switches hard; Entra shows the new certificate before it signs, and the
// former one after that.
func TestRollover(t *testing.T) {
	t.Parallel()
	for face, p := range profiles() {
		t.Run(face, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			i := open(t, p, dir)
			first := i.Certificate()
			signedBy := func(i *idp.IdP, der []byte) error {
				m, err := i.Mint(idp.Reply{Person: alice(), SP: service(), Signing: &idp.Signing{Response: true}}, "", acs, nil)
				require.NoError(t, err)
				return verifyAny(t, []byte(m.XML), der)
			}
			require.ErrorIs(t, i.Activate(), idp.ErrNoNewCertificate)
			second, err := i.NewCertificate()
			require.NoError(t, err)
			again, err := i.NewCertificate()
			require.NoError(t, err)
			assert.Equal(t, second, again, "one waits at a time")
			assert.NotEqual(t, first, second)
			assert.NoError(t, signedBy(i, first), "the new one does not sign yet")
			before := map[string][]string{"okta": {string(first)}, "entra": {string(first), string(second)}}[face]
			assert.Equal(t, before, shown(t, i.Metadata()))
			assert.Equal(t, string(i.Metadata()), string(open(t, p, dir).Metadata()), "it waits on disk too")

			require.NoError(t, i.Activate())
			assert.NoError(t, signedBy(i, second))
			assert.Error(t, signedBy(i, first))
			after := map[string][]string{"okta": {string(second)}, "entra": {string(first), string(second)}}[face]
			assert.Equal(t, after, shown(t, i.Metadata()))
			assert.Equal(t, idp.Rollover{Active: second, Former: first}, i.Rollover())
			if face == "entra" {
				assert.Equal(t, 3, strings.Count(string(i.Metadata()), base64.StdEncoding.EncodeToString(first)), "in all three roles")
				assert.NoError(t, verifyAny(t, i.Metadata(), second), "the metadata is signed by the active one")
			}
			later := open(t, p, dir)
			assert.Equal(t, string(i.Metadata()), string(later.Metadata()))
			assert.NoError(t, signedBy(later, second))
			_, err = later.NewCertificate()
			require.NoError(t, err)
			require.NoError(t, later.Activate(), "a second rollover")
			files, err := os.ReadDir(dir)
			require.NoError(t, err)
			assert.Len(t, files, 2, "the active key and the former, and nothing left over")
		})
	}
}

func verifyAny(t *testing.T, raw, der []byte) error {
	t.Helper()
	text := strings.TrimPrefix(string(raw), "\ufeff")
	return verifies(t, text, der)
}

func TestRolloverWhilePeopleSignIn(t *testing.T) {
	t.Parallel()
	i := open(t, profiles()["entra"], "")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 5 {
				m, err := i.Mint(idp.Reply{Person: alice(), SP: service(), Signing: &idp.Signing{Response: true}}, "", acs, nil)
				if assert.NoError(t, err) {
					assert.NotEmpty(t, m.XML)
				}
				i.Metadata()
			}
		})
	}
	_, err := i.NewCertificate()
	require.NoError(t, err)
	require.NoError(t, i.Activate())
	all.Wait()
}

func TestControlCertificates(t *testing.T) {
	t.Parallel()
	c := controlled(t, "entra", idp.HandlerOptions{})
	status, _ := c.call(http.MethodPost, "/certificates/activate", "")
	assert.Equal(t, http.StatusConflict, status)
	_, got := c.call(http.MethodGet, "/certificates", "")
	assert.Nil(t, got["next"])
	first := got["active"]
	_, got = c.call(http.MethodPost, "/certificates", "")
	second := got["next"]
	require.NotNil(t, second)
	status, got = c.call(http.MethodPost, "/certificates/activate", "")
	assert.Equal(t, http.StatusOK, status)
	assert.Equal(t, map[string]any{"active": second, "next": nil, "former": first}, got)
	der, err := base64.StdEncoding.DecodeString(second.(string))
	require.NoError(t, err)
	_, _ = c.call(http.MethodPut, "/next", `{"as":"alice","sign":"response"}`)
	assert.NoError(t, verifies(t, responseOf(t, c.login()), der))
	served := do(t, http.MethodGet, c.url+"/metadata", nil)
	assert.Contains(t, served.body, second.(string))
}
