package idp_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
)

func TestLocalTLS(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state")
	ip, now := net.IPv4(127, 0, 0, 1), time.Now()
	config, ca, err := idp.LocalTLS(dir, ip, now)
	require.NoError(t, err)
	pool := x509.NewCertPool()
	raw, err := os.ReadFile(ca)
	require.NoError(t, err)
	require.True(t, pool.AppendCertsFromPEM(raw))

	srv := httptest.NewUnstartedServer(http.NotFoundHandler())
	srv.TLS = config
	srv.StartTLS()
	t.Cleanup(srv.Close)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}}
	t.Cleanup(client.CloseIdleConnections)
	ask := func(c *http.Client) error {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL, nil)
		require.NoError(t, err)
		resp, err := c.Do(r)
		if err == nil {
			resp.Body.Close()
		}
		return err
	}
	assert.NoError(t, ask(client))
	assert.Error(t, ask(&http.Client{Transport: &http.Transport{}}), "who does not trust it does not connect")

	later, _, err := idp.LocalTLS(dir, ip, now)
	require.NoError(t, err)
	leaf, err := x509.ParseCertificate(later.Certificates[0].Certificate[0])
	require.NoError(t, err)
	for host, good := range map[string]bool{"localhost": true, "127.0.0.1": true, "example.com": false} {
		_, err = leaf.Verify(x509.VerifyOptions{Roots: pool, DNSName: host})
		assert.Equal(t, good, err == nil, "%s: %v", host, err)
	}
	info, err := os.Stat(filepath.Join(dir, "local-ca-key.pem"))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	_, _, err = idp.LocalTLS(dir, net.IPv4(192, 0, 2, 1), now)
	assert.ErrorContains(t, err, "loopback addresses only")
	_, _, err = idp.LocalTLS(dir, ip, now.AddDate(11, 0, 0))
	assert.ErrorContains(t, err, "it has expired: delete ")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "local-ca-key.pem"), []byte("x"), 0o600))
	_, _, err = idp.LocalTLS(dir, ip, now)
	assert.ErrorContains(t, err, "missing")
}

// What the authority can issue for is written into it.
func TestLocalAuthorityIsForLoopback(t *testing.T) {
	t.Parallel()
	_, ca, err := idp.LocalTLS(t.TempDir(), net.IPv6loopback, time.Now())
	require.NoError(t, err)
	raw, err := os.ReadFile(ca)
	require.NoError(t, err)
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(raw))
	root := pemCertificate(t, raw)
	assert.True(t, root.PermittedDNSDomainsCritical)
	assert.Equal(t, []string{"localhost"}, root.PermittedDNSDomains)
	assert.Len(t, root.PermittedIPRanges, 2)
}

func pemCertificate(t *testing.T, raw []byte) *x509.Certificate {
	t.Helper()
	b, _ := pem.Decode(raw)
	require.NotNil(t, b)
	c, err := x509.ParseCertificate(b.Bytes)
	require.NoError(t, err)
	return c
}
