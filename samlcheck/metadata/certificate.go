package metadata

import (
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/message"
)

// A Certificate is one X509Certificate of a role's KeyDescriptors.
type Certificate struct {
	Use     string            // "signing", "encryption", "" for both
	Cert    *x509.Certificate // nil when it could not be read
	Err     error             // why not
	Odd     bool              // it is a well-formed certificate, which only this library refuses
	Armour  bool              // -----BEGIN CERTIFICATE----- stands inside, where only base64 belongs
	DER     []byte            // nil when it is not base64
	Line    int
	Element *etree.Element
}

// For reports whether the certificate serves the use. One without a use serves both.
func (c Certificate) For(use string) bool { return c.Use == use || c.Use == "" }

// Keys returns the role's KeyDescriptors for the use ("signing", "encryption",
// "" for all), those without a use included.
func (d *Doc) Keys(role *etree.Element, use string) []*etree.Element {
	var out []*etree.Element
	for _, k := range message.Children(role, message.NSMetadata, "KeyDescriptor") {
		if u, _ := message.Attr(k, "use"); use == "" || u == "" || u == use {
			out = append(out, k)
		}
	}
	return out
}

// Certificates returns the certificates of these KeyDescriptors, readable or not.
func (d *Doc) Certificates(role *etree.Element, use string) []Certificate {
	var out []Certificate
	for _, k := range d.Keys(role, use) {
		u, _ := message.Attr(k, "use")
		for _, el := range message.Descendants(k, message.NSSignature, "X509Certificate") {
			c := readCertificate(message.Text(el))
			c.Use, c.Line, c.Element = u, d.Line(el), el
			out = append(out, c)
		}
	}
	return out
}

// SigningCertificates returns the readable certificates that may verify what
// the role signs, ready for package message.
func (d *Doc) SigningCertificates(role *etree.Element) []*x509.Certificate {
	var out []*x509.Certificate
	for _, c := range d.Certificates(role, "signing") {
		if c.Cert != nil {
			out = append(out, c.Cert)
		}
	}
	return out
}

func readCertificate(text string) (c Certificate) {
	const begin, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
	if strings.Contains(text, "-----") {
		c.Armour = true
		text = strings.ReplaceAll(strings.ReplaceAll(text, begin, ""), end, "")
	}
	text = strings.Join(strings.Fields(text), "")
	if text == "" {
		c.Err = errors.New("metadata: the certificate is empty")
		return c
	}
	der, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		c.Err = fmt.Errorf("metadata: the certificate is not base64: %w", err)
		return c
	}
	c.DER = der
	if c.Cert, err = x509.ParseCertificate(der); err != nil {
		c.Cert = nil
		c.Err = fmt.Errorf("metadata: the certificate cannot be read: %w", err)
		c.Odd = wellFormed(der)
	}
	return c
}

// wellFormed reports whether der has the outer shape of a certificate. Go
// refuses some certificates that others take; that must not be called broken.
func wellFormed(der []byte) bool {
	var outer struct {
		TBS       asn1.RawValue
		Algorithm asn1.RawValue
		Signature asn1.BitString
	}
	rest, err := asn1.Unmarshal(der, &outer)
	return err == nil && len(rest) == 0 && outer.TBS.Tag == asn1.TagSequence
}
