package metadata

import (
	"crypto/dsa" //nolint:staticcheck // recognised only to say that it is not fit
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"net/url"
	"strings"

	"example.com/samepage/samlcheck/message"
)

// The judgements of this file are made of one document by the checks, and of
// each entity of an aggregate in one pass: here, so that both judge alike.

// Plain reports whether an endpoint is reached without TLS by anybody but the
// machine itself: http on a loopback host is for trying things out, and harmless.
func Plain(location string) bool {
	if strings.HasPrefix(location, "https://") {
		return false // nearly all of them
	}
	u, err := url.Parse(strings.TrimSpace(location))
	if err != nil || !strings.EqualFold(u.Scheme, "http") {
		return false
	}
	h := strings.ToLower(u.Hostname())
	return h != "localhost" && !strings.HasSuffix(h, ".localhost") && !strings.HasPrefix(h, "127.") && h != "::1"
}

// Absolute reports whether a Location is a URL with scheme and host.
func Absolute(location string) bool {
	u, err := url.Parse(strings.TrimSpace(location))
	return err == nil && u.Scheme != "" && u.Host != ""
}

// HolderOfKey is the profile whose endpoints carry another binding in an attribute.
const HolderOfKey = "urn:oasis:names:tc:SAML:2.0:profiles:holder-of-key:SSO:browser"

// KnownBinding leaves alone whatever is not in SAML's own namespace, and SAML
// 1.x profiles, which a dual-stack service publishes beside SAML 2.0.
func KnownBinding(b string) bool {
	if rest, ok := strings.CutPrefix(b, "urn:oasis:names:tc:SAML:"); ok && strings.HasPrefix(rest, "1.") {
		return true
	}
	switch b {
	case message.POST, message.Redirect, message.Artifact, message.SOAP, message.PAOS, message.URI,
		"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST-SimpleSign", HolderOfKey:
		return true
	}
	return strings.Contains(b, ":") && !strings.HasPrefix(b, "urn:oasis:")
}

// KnownNameIDFormat leaves formats of others' making alone: only SAML's own can
// be misspelt.
func KnownNameIDFormat(f string) bool {
	own, ok := strings.CutPrefix(f, "urn:oasis:names:tc:SAML:")
	if !ok {
		return strings.Contains(f, ":") && !strings.ContainsAny(f, " \t\n")
	}
	switch own {
	case "1.1:nameid-format:unspecified", "1.1:nameid-format:emailAddress", "1.1:nameid-format:X509SubjectName",
		"1.1:nameid-format:WindowsDomainQualifiedName", "2.0:nameid-format:kerberos", "2.0:nameid-format:entity",
		"2.0:nameid-format:persistent", "2.0:nameid-format:transient", "2.0:nameid-format:encrypted":
		return true
	}
	return false
}

// Weakness says why a certificate's key is weak ("RSA 1024", "EC 224", "DSA"); ""
// when it is not: RSA of 2048 bits, EC of 256.
func Weakness(c *x509.Certificate) string {
	switch k := c.PublicKey.(type) {
	case *rsa.PublicKey:
		if n := k.N.BitLen(); n < 2048 {
			return fmt.Sprintf("RSA %d", n)
		}
	case *ecdsa.PublicKey:
		if n := k.Curve.Params().BitSize; n < 256 {
			return fmt.Sprintf("EC %d", n)
		}
	case *dsa.PublicKey:
		return "DSA"
	}
	return ""
}

// BrokenHash names the algorithm by which a certificate is signed where its hash
// is SHA-1 or older; "" otherwise.
func BrokenHash(c *x509.Certificate) string {
	switch c.SignatureAlgorithm {
	case x509.SHA1WithRSA, x509.ECDSAWithSHA1, x509.DSAWithSHA1, x509.MD5WithRSA, x509.MD2WithRSA:
		return c.SignatureAlgorithm.String()
	default:
		return ""
	}
}
