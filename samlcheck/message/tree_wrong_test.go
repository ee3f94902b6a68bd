package message_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/message"
)

// Where the two differ, the quick one is right, for the reason given.
func TestWhereTheTreeIsWrong(t *testing.T) {
	t.Parallel()
	k := mustRSA(t)
	own := keyed{k, selfSigned(t, k)}
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	exclusive := dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList("")
	many := strings.Replace(signedSample, "<?pi data?>", strings.Repeat("<e/>", 1200), 1)
	for _, c := range []struct {
		name, why string
		raw       []byte
		cert      *x509.Certificate
	}{
		{
			"two attributes with prefixes", "Canonical XML 1.0, 2.2: sorted by namespace, then by local name; goxmldsig by local name alone",
			faceSigned(t, own, `<r xmlns:p="urn:2" xmlns:q="urn:1" ID="_1" p:a="" q:b=""/>`, `<r xmlns:p="urn:2" xmlns:q="urn:1" ID="_1" q:b="" p:a=""></r>`), own.cert,
		}, {
			"a default namespace taken back where there is none", "Canonical XML 1.0, 2.3: xmlns=\"\" is written only where it changes something",
			faceSigned(t, own, `<p:r xmlns:p="urn:1" ID="_1"><a xmlns=""/></p:r>`, `<p:r xmlns:p="urn:1" ID="_1"><a></a></p:r>`), own.cert,
		}, {
			"a line end in an attribute", "XML 1.0, 3.3.3: it is read as a blank, which is what the signer canonicalised",
			bytes.Replace(sign(t, own, strings.Replace(signedSample, `b="2"`, `b="2 3"`, 1), exclusive), []byte("2 3"), []byte("2\n3"), 1), own.cert,
		}, {
			"a line end in a processing instruction", "XML 1.0, 2.11: carriage return and line feed are read as one line feed, wherever they stand",
			bytes.Replace(sign(t, own, strings.Replace(signedSample, "<?pi data?>", "<?pi da\nta?>", 1), exclusive), []byte("da\nta"), []byte("da\r\nta"), 1), own.cert,
		}, {
			"blanks in SignatureValue", "XML Schema 2, 3.2.16: white space may stand in xs:base64Binary",
			bytes.Replace(sign(t, own, signedSample, exclusive), []byte("<ds:SignatureValue>"), []byte("<ds:SignatureValue>\n\t  "), 1), own.cert,
		}, {
			"r and s side by side", "XML Signature 1.1, 6.4.3: an ECDSA SignatureValue is r and s, not ASN.1",
			ecdsaSigned(t, ec), selfSigned(t, ec),
		}, {
			"more than a thousand elements", "no standard says so: goxmldsig gives up there",
			sign(t, own, many, exclusive), own.cert,
		},
	} {
		assert.True(t, message.SignedRoot(c.raw, []*x509.Certificate{c.cert}), c.name)
		assert.Error(t, message.VerifyTree(c.raw, []*x509.Certificate{c.cert}), "%s: no longer a difference", c.name)
		assert.NoError(t, message.VerifyEnveloped(c.raw, []*x509.Certificate{c.cert}), "%s: %s", c.name, c.why)
	}
}

// faceSigned signs a document whose canonical form is given by hand.
func faceSigned(t *testing.T, k keyed, text, canonical string) []byte {
	t.Helper()
	key, ok := k.key.(*rsa.PrivateKey)
	require.True(t, ok)
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromString(text))
	_, err := forge.Prepare(doc.Root(), k.cert.Raw, forge.Style{Prefix: "ds"}, forge.Style{}.DigestText([]byte(canonical)), "")
	require.NoError(t, err)
	info, err := forge.Canonical(doc.FindElement("//SignedInfo"), "")
	require.NoError(t, err)
	value, err := forge.Style{}.SignText(info, key)
	require.NoError(t, err)
	doc.FindElement("//SignatureValue").SetText(value)
	doc.WriteSettings = etree.WriteSettings{CanonicalText: true, CanonicalAttrVal: true}
	raw, err := doc.WriteToBytes()
	require.NoError(t, err)
	return raw
}

// ecdsaSigned makes the signature value as the standard wants it.
func ecdsaSigned(t *testing.T, key *ecdsa.PrivateKey) []byte {
	t.Helper()
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromString(signedSample))
	made, err := forge.Prepare(doc.Root(), selfSigned(t, key).Raw, forge.Style{Prefix: "ds"}, "", "")
	require.NoError(t, err)
	doc.FindElement("//DigestValue").SetText(forge.Style{}.DigestText(made.Covered))
	method := doc.FindElement("//SignatureMethod")
	method.CreateAttr("Algorithm", "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256")
	info, err := forge.Canonical(doc.FindElement("//SignedInfo"), "")
	require.NoError(t, err)
	sum := sha256.Sum256(info)
	r, s, err := ecdsa.Sign(rand.Reader, key, sum[:])
	require.NoError(t, err)
	doc.WriteSettings = etree.WriteSettings{CanonicalText: true, CanonicalAttrVal: true}
	value := append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
	doc.FindElement("//SignatureValue").SetText(base64.StdEncoding.EncodeToString(value))
	raw, err := doc.WriteToBytes()
	require.NoError(t, err)
	return raw
}
