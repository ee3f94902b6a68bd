package entra

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
)

const (
	nsMetadata   = "urn:oasis:names:tc:SAML:2.0:metadata"
	nsSignature  = "http://www.w3.org/2000/09/xmldsig#"
	nsFederation = "http://docs.oasis-open.org/wsfed/federation/200706"
	nsAuth       = "http://docs.oasis-open.org/wsfed/authorization/200706"
	nsAddressing = "http://www.w3.org/2005/08/addressing"
	nsInstance   = "http://www.w3.org/2001/XMLSchema-instance"
)

// Metadata implements idp.Profile: the app-specific federation metadata, with a
// byte order mark, signed, the two WS-Federation roles before the SAML one. Its
// signature's KeyInfo is written as until 2022, of which whole documents are at
// hand; later ones write the same element with a ds: prefix.
func (p *Profile) Metadata(s idp.Signer) ([]byte, error) { return p.MetadataWith(s, nil, nil) }

var _ idp.Overlapping = (*Profile)(nil)

// MetadataWith implements idp.Overlapping: the oldest certificate first, as in
// the one recorded document that has two. The ID is another each time that the
// certificates are.
func (p *Profile) MetadataWith(s idp.Signer, before, after [][]byte) ([]byte, error) {
	certs := slices.Concat(before, [][]byte{s.Cert}, after)
	return p.publish(s, certs)
}

// publish lists the certificates in every role, and signs.
func (p *Profile) publish(s idp.Signer, certs [][]byte) ([]byte, error) {
	sum := sha256.Sum256(slices.Concat(certs...))
	doc := p.Document("_"+guid(sum[:]), certs...)
	if err := forge.Sign(doc.Root(), s.Key, s.Cert, forge.Style{}); err != nil {
		return nil, fmt.Errorf("entra: metadata: %w", err)
	}
	text, err := p.Serialize(doc)
	if err != nil {
		return nil, err
	}
	// Entra writes empty elements of its metadata, and only of its metadata,
	// with a space. Canonical form does not see it, so the signature holds.
	text = bytes.ReplaceAll(text, []byte(`"/>`), []byte(`" />`))
	return append([]byte("\xef\xbb\xbf"+`<?xml version="1.0" encoding="utf-8"?>`), text...), nil
}

// Document is the metadata without its signature, with the certificates (DER)
// that each of the three roles lists.
func (p *Profile) Document(id string, certs ...[]byte) *etree.Document {
	doc := etree.NewDocument()
	root := doc.CreateElement("EntityDescriptor")
	root.CreateAttr("ID", id)
	root.CreateAttr("entityID", p.EntityID())
	root.CreateAttr("xmlns", nsMetadata)
	p.tokenService(root, certs)
	p.application(root, certs)
	p.identityProvider(root, certs)
	return doc
}

func role(root *etree.Element, kind string) *etree.Element {
	r := root.CreateElement("RoleDescriptor")
	r.CreateAttr("xsi:type", "fed:"+kind)
	r.CreateAttr("protocolSupportEnumeration", nsFederation)
	r.CreateAttr("xmlns:xsi", nsInstance)
	r.CreateAttr("xmlns:fed", nsFederation)
	return r
}

func signingKeys(r *etree.Element, certs [][]byte) {
	for _, der := range certs {
		k := r.CreateElement("KeyDescriptor")
		k.CreateAttr("use", "signing")
		info := k.CreateElement("KeyInfo")
		info.CreateAttr("xmlns", nsSignature)
		info.CreateElement("X509Data").CreateElement("X509Certificate").SetText(forge.CertificateText(der, 0))
	}
}

func address(r *etree.Element, name, where string) {
	ref := r.CreateElement("fed:" + name).CreateElement("wsa:EndpointReference")
	ref.CreateAttr("xmlns:wsa", nsAddressing)
	ref.CreateElement("wsa:Address").SetText(where)
}

func (p *Profile) passive() string { return p.base + "/" + p.tenant + "/wsfed" }

func (p *Profile) tokenService(root *etree.Element, certs [][]byte) {
	r := role(root, "SecurityTokenServiceType")
	signingKeys(r, certs)
	offered := r.CreateElement("fed:ClaimTypesOffered")
	for _, c := range offeredClaims {
		e := offered.CreateElement("auth:ClaimType")
		e.CreateAttr("Uri", c.uri)
		e.CreateAttr("xmlns:auth", nsAuth)
		e.CreateElement("auth:DisplayName").SetText(c.name)
		e.CreateElement("auth:Description").SetText(c.about)
	}
	address(r, "SecurityTokenServiceEndpoint", p.passive())
	address(r, "PassiveRequestorEndpoint", p.passive())
}

func (p *Profile) application(root *etree.Element, certs [][]byte) {
	r := role(root, "ApplicationServiceType")
	signingKeys(r, certs)
	address(r, "TargetScopes", p.EntityID())
	address(r, "ApplicationServiceEndpoint", p.passive())
	address(r, "PassiveRequestorEndpoint", p.passive())
}

func (p *Profile) identityProvider(root *etree.Element, certs [][]byte) {
	r := root.CreateElement("IDPSSODescriptor")
	r.CreateAttr("protocolSupportEnumeration", nsProtocol)
	signingKeys(r, certs)
	endpoint := func(kind, binding string) {
		e := r.CreateElement(kind)
		e.CreateAttr("Binding", "urn:oasis:names:tc:SAML:2.0:bindings:"+binding)
		e.CreateAttr("Location", p.SSO())
	}
	endpoint("SingleLogoutService", "HTTP-Redirect")
	endpoint("SingleSignOnService", "HTTP-Redirect")
	endpoint("SingleSignOnService", "HTTP-POST")
}

// Certificate implements idp.Profile: self-signed, without extensions, three
// years, sixteen random bytes of serial.
func (p *Profile) Certificate(key *rsa.PrivateKey, now time.Time) ([]byte, error) {
	return certify(key, now, x509.Certificate{Subject: pkix.Name{CommonName: "Microsoft Azure Federated SSO Certificate"}}, 3)
}

// certify makes a self-signed certificate of the shape, for so many years.
func certify(key *rsa.PrivateKey, now time.Time, t x509.Certificate, years int) ([]byte, error) {
	serial := make([]byte, 16)
	if _, err := rand.Read(serial); err != nil {
		return nil, fmt.Errorf("entra: certificate: %w", err)
	}
	serial[0] = serial[0]&0x7f | 0x40
	from := now.UTC().Truncate(time.Second)
	t.SerialNumber, t.SignatureAlgorithm = new(big.Int).SetBytes(serial), x509.SHA256WithRSA
	t.NotBefore, t.NotAfter = from, from.AddDate(years, 0, 0)
	der, err := x509.CreateCertificate(rand.Reader, &t, &t, &key.PublicKey, key)
	if err != nil {
		return nil, fmt.Errorf("entra: certificate: %w", err)
	}
	return der, nil
}
