package suite

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/browser/plain"
	"example.com/samepage/samlcheck/target"
)

// transport is the plain browser's, for eight at once. The environment's proxies
// are never used: what goes through one that the user did not name could not be
// called loopback.
func transport(config *tls.Config, proxy *url.URL) *http.Transport {
	t := plain.NewTransport(config)
	t.MaxIdleConnsPerHost = 8
	if proxy != nil {
		t.Proxy = http.ProxyURL(proxy)
	}
	return t
}

// reach is the way to the service provider as the target file describes it:
// through a proxy, and with certificates of one's own.
func reach(t *target.Target) (http.RoundTripper, error) {
	var config *tls.Config
	if t.SP.CA != "" {
		pem, err := os.ReadFile(t.SP.CA)
		if err != nil {
			return nil, usagef("sp.ca is a file of PEM certificates", "suite: %w", err)
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool() // a machine without certificates of its own
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, usagef("it must hold -----BEGIN CERTIFICATE-----; openssl x509 -in FILE -out ca.pem makes one of DER",
				"suite: %s holds no certificate", t.SP.CA)
		}
		config = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: pool}
	}
	var proxy *url.URL
	if t.Proxy != "" {
		var err error
		if proxy, err = url.Parse(t.Proxy); err != nil {
			return nil, usagef("proxy is an http(s) URL", "suite: proxy: %w", err)
		}
	}
	return transport(config, proxy), nil
}

// gate adds the target's headers to what goes to the service provider, and to
// nobody else. Where its metadata is fetched from counts as its own here: the
// file names headers and metadata side by side.
type gate struct {
	base    http.RoundTripper
	headers map[string]string
	target  *target.Target
}

// RoundTrip implements http.RoundTripper.
func (g *gate) RoundTrip(r *http.Request) (*http.Response, error) {
	origin := r.URL.Scheme + "://" + r.URL.Host
	if !slices.Contains(g.target.Origins(), origin) && !strings.HasPrefix(g.target.SP.Metadata, origin+"/") {
		return g.base.RoundTrip(r)
	}
	r = r.Clone(r.Context()) // a transport must not change the caller's request
	for name, value := range g.headers {
		if r.Header.Get(name) == "" {
			r.Header.Set(name, value)
		}
	}
	return g.base.RoundTrip(r)
}
