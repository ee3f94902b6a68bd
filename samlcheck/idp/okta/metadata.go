package okta

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
)

// Metadata implements idp.Profile: one line, unsigned, POST before Redirect.
func (p *Profile) Metadata(s idp.Signer) ([]byte, error) {
	doc := etree.NewDocument()
	doc.CreateProcInst("xml", `version="1.0" encoding="UTF-8"`)
	root := doc.CreateElement("md:EntityDescriptor")
	root.CreateAttr("entityID", p.EntityID())
	root.CreateAttr("xmlns:md", "urn:oasis:names:tc:SAML:2.0:metadata")
	role := root.CreateElement("md:IDPSSODescriptor")
	role.CreateAttr("WantAuthnRequestsSigned", "false")
	role.CreateAttr("protocolSupportEnumeration", nsProtocol)
	key := role.CreateElement("md:KeyDescriptor")
	key.CreateAttr("use", "signing")
	info := key.CreateElement("ds:KeyInfo")
	info.CreateAttr("xmlns:ds", "http://www.w3.org/2000/09/xmldsig#")
	info.CreateElement("ds:X509Data").CreateElement("ds:X509Certificate").SetText(forge.CertificateText(s.Cert, 76))
	endpoints := func(kind, where string) {
		for _, b := range []string{"HTTP-POST", "HTTP-Redirect"} {
			e := role.CreateElement("md:" + kind)
			e.CreateAttr("Binding", "urn:oasis:names:tc:SAML:2.0:bindings:"+b)
			e.CreateAttr("Location", where)
		}
	}
	if p.slo {
		endpoints("SingleLogoutService", strings.TrimSuffix(p.SSO(), "/sso/saml")+"/slo/saml")
	}
	offered := []string{"unspecified", "emailAddress"}
	if p.catalog && p.set.NameIDFormat != "" {
		offered = []string{p.set.NameIDFormat}
	}
	for _, f := range offered {
		role.CreateElement("md:NameIDFormat").SetText(idp.NameIDFormat(f))
	}
	endpoints("SingleSignOnService", p.SSO())
	return p.Serialize(doc)
}

// Serialize implements idp.Profile.
func (p *Profile) Serialize(doc *etree.Document) ([]byte, error) {
	doc.WriteSettings = etree.WriteSettings{CanonicalText: true, CanonicalAttrVal: true}
	out, err := doc.WriteToBytes()
	if err != nil {
		return nil, fmt.Errorf("okta: serialize: %w", err)
	}
	return out, nil
}

// Certificate implements idp.Profile: self-signed, without extensions, ten years
// and a minute; the serial is the moment of creation in milliseconds.
func (p *Profile) Certificate(key *rsa.PrivateKey, now time.Time) ([]byte, error) {
	name, err := subject(p.org)
	if err != nil {
		return nil, err
	}
	created := now.UTC().Truncate(time.Millisecond)
	from := created.Truncate(time.Second).Add(-time.Minute)
	t := &x509.Certificate{
		SerialNumber: big.NewInt(created.UnixMilli()), RawSubject: name,
		NotBefore: from, NotAfter: created.Truncate(time.Second).AddDate(10, 0, 0),
		SignatureAlgorithm: x509.SHA256WithRSA,
	}
	der, err := x509.CreateCertificate(rand.Reader, t, t, &key.PublicKey, key)
	if err != nil {
		return nil, fmt.Errorf("okta: certificate: %w", err)
	}
	return der, nil
}

// subject encodes the name as Okta does: UTF8String, but PrintableString for
// the country and IA5String for the address.
func subject(org string) ([]byte, error) {
	type attribute struct {
		Type  asn1.ObjectIdentifier
		Value asn1.RawValue
	}
	entry := func(oid asn1.ObjectIdentifier, tag int, value string) []attribute {
		return []attribute{{oid, asn1.RawValue{Tag: tag, Bytes: []byte(value)}}}
	}
	type set []attribute
	var seq []asn1.RawValue
	for _, e := range [][]attribute{
		entry(asn1.ObjectIdentifier{2, 5, 4, 6}, asn1.TagPrintableString, "US"),
		entry(asn1.ObjectIdentifier{2, 5, 4, 8}, asn1.TagUTF8String, "California"),
		entry(asn1.ObjectIdentifier{2, 5, 4, 7}, asn1.TagUTF8String, "San Francisco"),
		entry(asn1.ObjectIdentifier{2, 5, 4, 10}, asn1.TagUTF8String, "Okta"),
		entry(asn1.ObjectIdentifier{2, 5, 4, 11}, asn1.TagUTF8String, "SSOProvider"),
		entry(asn1.ObjectIdentifier{2, 5, 4, 3}, asn1.TagUTF8String, org),
		entry(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 1}, asn1.TagIA5String, "info@okta.com"),
	} {
		der, err := asn1.MarshalWithParams(set(e), "set")
		if err != nil {
			return nil, fmt.Errorf("okta: subject: %w", err)
		}
		seq = append(seq, asn1.RawValue{FullBytes: der})
	}
	out, err := asn1.Marshal(seq)
	if err != nil {
		return nil, fmt.Errorf("okta: subject: %w", err)
	}
	var check pkix.RDNSequence
	if _, err := asn1.Unmarshal(out, &check); err != nil {
		return nil, fmt.Errorf("okta: subject: %w", err)
	}
	return out, nil
}
