package capture

import (
	"crypto/x509"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/transcript"
)

// describe says what a response is signed over, by whose key, and what it tells
// of the person.
func describe(m *transcript.Message, idp *metadata.Doc) {
	t, err := message.ParseTree([]byte(m.XML))
	if err != nil {
		return // it has been parsed before
	}
	var signed []*etree.Element
	response := message.Child(t.Root, message.NSSignature, "Signature") != nil
	if response {
		signed, m.Signed = append(signed, t.Root), "response"
	}
	for _, a := range message.Children(t.Root, message.NSAssertion, "Assertion") {
		if message.Child(a, message.NSSignature, "Signature") != nil {
			signed, m.Signed = append(signed, a), "assertion"
		}
		for _, e := range message.Descendants(a, message.NSAssertion, "Attribute") {
			if name, ok := message.Attr(e, "Name"); ok {
				m.Attributes = append(m.Attributes, name)
			}
		}
	}
	if response && len(signed) > 1 {
		m.Signed = "both"
	}
	m.Signature = verified([]byte(m.XML), signed, idp)
}

// verified verifies every signature with the metadata's certificates. The one in
// the message is only tried to tell another key from a broken message.
func verified(raw []byte, signed []*etree.Element, idp *metadata.Doc) string {
	if len(signed) == 0 {
		return transcript.SignatureNone
	}
	if idp == nil {
		return transcript.SignatureUnverified
	}
	certs := idp.SigningCertificates(idp.IdP())
	if len(certs) == 0 {
		return transcript.SignatureUnverified
	}
	quick := message.Signed(raw, certs)
	for _, el := range signed {
		if id, ok := message.Attr(el, "ID"); ok && slices.Contains(quick, id) {
			continue
		}
		err := forge.Verify(el, certs)
		if err == nil {
			continue
		}
		if own := inside(el); len(own) > 0 && forge.Verify(el, own) == nil {
			return transcript.SignatureOther
		}
		return "broken: " + strings.TrimPrefix(err.Error(), "forge: ")
	}
	return transcript.SignatureGood
}

func inside(el *etree.Element) []*x509.Certificate {
	info := message.Child(message.Child(el, message.NSSignature, "Signature"), message.NSSignature, "KeyInfo")
	var out []*x509.Certificate
	for _, e := range message.Descendants(info, message.NSSignature, "X509Certificate") {
		der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(message.Text(e)), ""))
		if err != nil {
			continue
		}
		if c, err := x509.ParseCertificate(der); err == nil {
			out = append(out, c)
		}
	}
	return out
}
