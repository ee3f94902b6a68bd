package idp

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// File names of the local certificate authority in the state folder. The first
// is what a browser or a service provider is told to trust.
const (
	CAFile    = "local-ca.crt"
	caKeyFile = "local-ca-key.pem"
)

const (
	caLife   = 10 * 365 * 24 * time.Hour
	leafLife = 90 * 24 * time.Hour
	backdate = time.Hour // for clocks that are behind
)

// LocalTLS is a server configuration for this machine: a certificate for
// localhost and for the loopback address ip, issued by a certificate authority
// that is made once in the state folder. The authority can issue for loopback
// and nothing else, so trusting it opens nothing. It returns the path of the
// authority's certificate, for whoever connects. Errors say what to do.
func LocalTLS(state string, ip net.IP, now time.Time) (config *tls.Config, ca string, err error) {
	if !ip.IsLoopback() {
		return nil, "", fmt.Errorf("idp: TLS is for loopback addresses only, and %s is none: listen on 127.0.0.1, or put a proxy in front", ip)
	}
	if err := os.MkdirAll(state, 0o700); err != nil {
		return nil, "", fmt.Errorf("idp: the state folder %s cannot be made: %w", state, err)
	}
	if err := private(state); err != nil {
		return nil, "", err
	}
	ca = filepath.Join(state, CAFile)
	root, key, err := authority(state, now)
	if err != nil {
		return nil, "", fmt.Errorf("idp: the local certificate authority in %s: %w: delete %s and %s to have a new one made", state, err, CAFile, caKeyFile)
	}
	leaf, err := issue(root, key, ip, now)
	if err != nil {
		return nil, "", fmt.Errorf("idp: the server's certificate: %w", err)
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{*leaf}}, ca, nil
}

// authority reads the certificate authority, or makes it the first time.
func authority(state string, now time.Time) (*x509.Certificate, *ecdsa.PrivateKey, error) {
	raw, err := os.ReadFile(filepath.Join(state, caKeyFile))
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeAuthority(state, now); err != nil {
			return nil, nil, err
		}
		raw, err = os.ReadFile(filepath.Join(state, caKeyFile))
	}
	if err != nil {
		return nil, nil, err
	}
	var root *x509.Certificate
	var key *ecdsa.PrivateKey
	for b, rest := pem.Decode(raw); b != nil; b, rest = pem.Decode(rest) {
		switch b.Type {
		case "CERTIFICATE":
			root, err = x509.ParseCertificate(b.Bytes)
		case "EC PRIVATE KEY":
			key, err = x509.ParseECPrivateKey(b.Bytes)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	switch {
	case root == nil || key == nil:
		return nil, nil, errors.New("the key or the certificate is missing")
	case now.After(root.NotAfter):
		return nil, nil, errors.New("it has expired")
	}
	// The public file is written each time: it may have been deleted.
	public := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root.Raw})
	return root, key, os.WriteFile(filepath.Join(state, CAFile), public, 0o644) //nolint:gosec // a certificate is public
}

// makeAuthority puts the key and its certificate into one file, whole or not at
// all; the first of two who come at once wins.
func makeAuthority(state string, now time.Time) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return err
	}
	shape := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "samlcheck local CA " + serial.Text(36)[:6]},
		NotBefore: now.Add(-backdate), NotAfter: now.Add(caLife), IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage: x509.KeyUsageCertSign, PermittedDNSDomainsCritical: true, PermittedDNSDomains: []string{"localhost"},
		PermittedIPRanges: []*net.IPNet{
			{IP: net.IPv4(127, 0, 0, 0).To4(), Mask: net.CIDRMask(8, 32)}, {IP: net.IPv6loopback, Mask: net.CIDRMask(128, 128)},
		},
	}
	der, err := x509.CreateCertificate(rand.Reader, shape, shape, key.Public(), key)
	if err != nil {
		return err
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(state, ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = errors.Join(f.Chmod(0o600),
		pem.Encode(f, &pem.Block{Type: "EC PRIVATE KEY", Bytes: private}),
		pem.Encode(f, &pem.Block{Type: "CERTIFICATE", Bytes: der}), f.Close())
	if err == nil {
		err = os.Link(f.Name(), filepath.Join(state, caKeyFile))
	}
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

// issue makes the server's certificate, anew at each start.
func issue(root *x509.Certificate, by crypto.Signer, ip net.IP, now time.Time) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	shape := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "samlcheck idp serve"},
		NotBefore: now.Add(-backdate), NotAfter: now.Add(leafLife),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{ip},
	}
	der, err := x509.CreateCertificate(rand.Reader, shape, root, key.Public(), by)
	if err != nil {
		return nil, err
	}
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}
