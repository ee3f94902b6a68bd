package forge

import (
	"cmp"
	"crypto/x509"
	"fmt"
	"slices"

	"github.com/beevik/etree"
)

const nsEncryption = "http://www.w3.org/2001/04/xmlenc#"

// Element renders the EncryptedAssertion: with the EncryptedKey beside the
// EncryptedData, as Okta's (every sample has it so), or inside its KeyInfo, as
// Microsoft's WS-Federation stack does, which is assumed for Entra [G].
func (s Sealed) Element(santuario bool) *etree.Element {
	if santuario {
		return s.beside()
	}
	return s.within()
}

func (s Sealed) beside() *etree.Element {
	root := etree.NewElement("saml2:EncryptedAssertion")
	root.CreateAttr("xmlns:saml2", nsAssertion)
	data := root.CreateElement("xenc:EncryptedData")
	data.CreateAttr("Id", s.DataID)
	data.CreateAttr("Type", nsEncryption+"Element")
	data.CreateAttr("xmlns:xenc", nsEncryption)
	method(data, "xenc:", s.Data).CreateAttr("xmlns:xenc", nsEncryption)
	info := data.CreateElement("ds:KeyInfo")
	info.CreateAttr("xmlns:ds", nsSignature)
	retrieve := info.CreateElement("ds:RetrievalMethod")
	retrieve.CreateAttr("Type", nsEncryption+"EncryptedKey")
	retrieve.CreateAttr("URI", "#"+s.KeyID)
	cipherData(data, "xenc:", s.DataText).CreateAttr("xmlns:xenc", nsEncryption)
	key := root.CreateElement("xenc:EncryptedKey")
	key.CreateAttr("Id", s.KeyID)
	key.CreateAttr("xmlns:xenc", nsEncryption)
	m := method(key, "xenc:", s.transport())
	m.CreateAttr("xmlns:xenc", nsEncryption)
	if !s.RSA15 {
		digest := m.CreateElement("ds:DigestMethod")
		digest.CreateAttr("Algorithm", s.OAEP.digest())
		digest.CreateAttr("xmlns:ds", nsSignature)
		s.OAEP.mask(m)
	}
	info = key.CreateElement("ds:KeyInfo")
	info.CreateAttr("xmlns:ds", nsSignature)
	info.CreateElement("ds:X509Data").CreateElement("ds:X509Certificate").SetText(CertificateText(s.Cert, 76))
	cipherData(key, "xenc:", s.KeyText).CreateAttr("xmlns:xenc", nsEncryption)
	key.CreateElement("xenc:ReferenceList").CreateElement("xenc:DataReference").CreateAttr("URI", "#"+s.DataID)
	return root
}

func (s Sealed) within() *etree.Element {
	root := etree.NewElement("EncryptedAssertion")
	root.CreateAttr("xmlns", nsAssertion)
	data := root.CreateElement("xenc:EncryptedData")
	data.CreateAttr("Type", nsEncryption+"Element")
	data.CreateAttr("xmlns:xenc", nsEncryption)
	method(data, "xenc:", s.Data)
	info := data.CreateElement("KeyInfo")
	info.CreateAttr("xmlns", nsSignature)
	key := info.CreateElement("e:EncryptedKey")
	key.CreateAttr("xmlns:e", nsEncryption)
	if m := method(key, "e:", s.transport()); !s.RSA15 {
		m.CreateElement("DigestMethod").CreateAttr("Algorithm", s.OAEP.digest())
		s.OAEP.mask(m)
	}
	held := key.CreateElement("KeyInfo").CreateElement("ds:X509Data")
	held.CreateAttr("xmlns:ds", nsSignature)
	if cert, err := x509.ParseCertificate(s.Cert); err == nil {
		serial := held.CreateElement("ds:X509IssuerSerial")
		serial.CreateElement("ds:X509IssuerName").SetText(cert.Issuer.String())
		serial.CreateElement("ds:X509SerialNumber").SetText(cert.SerialNumber.String())
	}
	cipherData(key, "e:", s.KeyText)
	cipherData(data, "xenc:", s.DataText)
	return root
}

func method(parent *etree.Element, prefix, algorithm string) *etree.Element {
	m := parent.CreateElement(prefix + "EncryptionMethod")
	m.CreateAttr("Algorithm", algorithm)
	return m
}

func cipherData(parent *etree.Element, prefix, text string) *etree.Element {
	d := parent.CreateElement(prefix + "CipherData")
	d.CreateElement(prefix + "CipherValue").SetText(text)
	return d
}

// Physical is Santuario's form of a plaintext: declarations first, then
// attributes, each sorted, no element closed within its start tag, and no
// declaration dropped because it is there already. Measured on what Okta
// encrypted. The element must declare what it uses, as a face's assertion does.
func Physical(el *etree.Element) ([]byte, error) { return plaintext(el, true) }

func plaintext(el *etree.Element, physical bool) ([]byte, error) {
	alone := el.Copy()
	if physical {
		sortAttributes(alone)
	}
	doc := etree.NewDocument()
	doc.SetRoot(alone)
	doc.WriteSettings = etree.WriteSettings{CanonicalEndTags: physical, CanonicalText: true, CanonicalAttrVal: true}
	out, err := doc.WriteToBytes()
	if err != nil {
		return nil, fmt.Errorf("forge: %w", err)
	}
	return out, nil
}

func sortAttributes(e *etree.Element) {
	rank := func(a etree.Attr) int {
		if a.Space == "xmlns" || a.FullKey() == "xmlns" {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(e.Attr, func(a, b etree.Attr) int {
		return cmp.Or(rank(a)-rank(b), cmp.Compare(a.Space, b.Space), cmp.Compare(a.Key, b.Key))
	})
	for _, c := range e.ChildElements() {
		sortAttributes(c)
	}
}
