package okta_test

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/okta"
)

// vendor reads a recorded message. The recordings are no part of the project.
func vendor(t *testing.T, name string) *etree.Document {
	t.Helper()
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromBytes(recorded(t, name)))
	return doc
}

func recorded(t *testing.T, name string) []byte {
	t.Helper()
	dir := os.Getenv("SAMLCHECK_SAMPLES")
	if dir == "" {
		dir = "../../../../shared/samples"
	}
	raw, err := os.ReadFile(filepath.Join(dir, "okta", name))
	if os.IsNotExist(err) {
		t.Skipf("the vendor's samples are not here (SAMLCHECK_SAMPLES): %v", err)
	}
	require.NoError(t, err)
	return raw
}

func text(e *etree.Element, path string) string { return e.FindElement(path).Text() }

func attr(e *etree.Element, path, name string) string {
	return e.FindElement(path).SelectAttrValue(name, "")
}

func instant(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, s)
	require.NoError(t, err)
	return at
}

// values are a recorded assertion's: ids, instants, names. The face has to make
// the rest.
func values(t *testing.T, a *etree.Element) idp.Login {
	t.Helper()
	data := ".//SubjectConfirmationData"
	l := idp.Login{
		SP: text(a, ".//Audience"), ACS: attr(a, data, "Recipient"), InResponseTo: attr(a, data, "InResponseTo"),
		NameIDFormat: attr(a, ".//NameID", "Format"),
		Person:       idp.Person{NameID: text(a, ".//NameID"), Only: true, Attributes: map[string][]string{}},
		Signing:      idp.Signing{Assertion: true},
		Now:          instant(t, a.SelectAttrValue("IssueInstant", "")),
		Reckoned:     instant(t, attr(a, data, "NotOnOrAfter")).Add(-5 * time.Minute),
		AuthnInstant: instant(t, attr(a, ".//AuthnStatement", "AuthnInstant")),
		AssertionID:  a.SelectAttrValue("ID", ""),
		SessionIndex: attr(a, ".//AuthnStatement", "SessionIndex"),
	}
	for _, at := range a.FindElements(".//Attribute") {
		for _, v := range at.FindElements("./AttributeValue") {
			l.Person.Attributes[at.SelectAttrValue("Name", "")] = append(l.Person.Attributes[at.SelectAttrValue("Name", "")], v.Text())
		}
	}
	return l
}

// The strongest proof of fidelity is arithmetic: with the values of a message
// that Okta signed, the face's canonical bytes have the digest that Okta wrote.
func TestDigestOfRecordedAssertions(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		file string
		sha1 bool
	}{
		{"response/05-decrypted-assertion.xml", false},
		{"response/07-decrypted-assertion.xml", false},
		{"response/15.xml", true}, // 2013: no attributes, SHA-1
	} {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			theirs := vendor(t, tt.file).FindElement("//Assertion")
			l := values(t, theirs)
			face := okta.New(okta.Config{ExternalKey: strings.TrimPrefix(text(theirs, "./Issuer"), "http://www.okta.com/")})
			ours := face.Response(l).FindElement("//Assertion")

			prefixes := ""
			if in := theirs.FindElement("./Signature//InclusiveNamespaces"); in != nil {
				prefixes = in.SelectAttrValue("PrefixList", "")
			}
			sum, err := forge.Digest(ours, prefixes, tt.sha1)
			require.NoError(t, err)
			assert.Equal(t, text(theirs, "./Signature//DigestValue"), base64.StdEncoding.EncodeToString(sum))

			l.Person.NameID += "x"
			sum, err = forge.Digest(face.Response(l).FindElement("//Assertion"), prefixes, tt.sha1)
			require.NoError(t, err)
			assert.NotEqual(t, text(theirs, "./Signature//DigestValue"), base64.StdEncoding.EncodeToString(sum), "another value, another digest")
		})
	}
}

// The unsigned assertion of 06 carries no digest of its own; it is compared as
// bytes: without a signature Okta repeats no namespace.
func TestBytesOfRecordedUnsignedAssertion(t *testing.T) {
	t.Parallel()
	theirs := vendor(t, "response/06-decrypted-assertion.xml").Root()
	l := values(t, theirs)
	l.Signing = idp.Signing{Response: true}
	face := okta.New(okta.Config{ExternalKey: strings.TrimPrefix(text(theirs, "./Issuer"), "http://www.okta.com/")})
	ours := face.Response(l).FindElement("//Assertion")

	// The recorded plaintext went through an XML library that writes namespaces first.
	want, err := forge.Canonical(theirs, "")
	require.NoError(t, err)
	got, err := forge.Canonical(ours, "")
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
	assert.Equal(t, declarations(theirs), declarations(ours))
}

// The declarations of each element, in order: canonical form does not see them.
func declarations(e *etree.Element) []string {
	var out []string
	for _, a := range e.Attr {
		if a.Space == "xmlns" || a.Key == "xmlns" {
			out = append(out, e.Tag+" "+a.FullKey())
		}
	}
	for _, c := range e.ChildElements() {
		if c.Tag != "Signature" {
			out = append(out, declarations(c)...)
		}
	}
	return out
}

func TestDeclarationsOfSignedAssertion(t *testing.T) {
	t.Parallel()
	theirs := vendor(t, "response/05-decrypted-assertion.xml").Root()
	l := values(t, theirs)
	ours := okta.New(okta.Config{}).Response(l).FindElement("//Assertion")
	assert.Equal(t, declarations(theirs), declarations(ours))
}

// Signature values and certificates aside, the layout is the vendor's to the byte.
func TestSignedLayout(t *testing.T) {
	t.Parallel()
	doc := vendor(t, "response/06.xml")
	theirs := doc.FindElement("//Signature")
	i, err := idp.New(okta.New(okta.Config{Sign: "response"}), idp.Options{})
	require.NoError(t, err)
	m, err := i.Mint(idp.Reply{Person: idp.Person{Email: "a@acme.example"}, SP: idp.SP{EntityID: "sp", ACS: []string{"https://sp.example/acs"}}},
		"", "https://sp.example/acs", nil)
	require.NoError(t, err)
	mine := etree.NewDocument()
	require.NoError(t, mine.ReadFromString(m.XML))
	ours := mine.FindElement("//Signature")
	assert.Equal(t, skeleton(t, theirs), skeleton(t, ours))
	assert.Equal(t, 76, strings.IndexByte(text(ours, ".//X509Certificate"), '\n'))
	assert.Len(t, text(ours, "./SignatureValue"), 344)
}

// skeleton is an element's own bytes with its long values blanked out.
func skeleton(t *testing.T, e *etree.Element) string {
	t.Helper()
	c := e.Copy()
	for path, name := range map[string]string{".//Reference": "URI"} {
		for _, x := range c.FindElements(path) {
			x.CreateAttr(name, "")
		}
	}
	for _, name := range []string{"DigestValue", "SignatureValue", "X509Certificate"} {
		for _, x := range c.FindElements(".//" + name) {
			x.SetText("")
		}
	}
	doc := etree.NewDocument()
	doc.SetRoot(c)
	out, err := doc.WriteToString()
	require.NoError(t, err)
	return out
}

func TestMetadataLayout(t *testing.T) {
	t.Parallel()
	theirs := string(recorded(t, "metadata/02.xml"))
	i, err := idp.New(okta.New(okta.Config{}), idp.Options{})
	require.NoError(t, err)
	// 02 is a catalogue app, with one NameIDFormat; a custom app has two (03).
	want := blank(theirs)
	got := strings.Replace(blank(string(i.Metadata())), "<md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified</md:NameIDFormat>", "", 1)
	assert.Equal(t, want, got)
}

// blank takes the names of one org and its certificate out of metadata.
func blank(s string) string {
	for _, q := range []string{` entityID="`, ` Location="`, `<ds:X509Certificate>`} {
		end := `"`
		if strings.HasPrefix(q, "<") {
			end = "<"
		}
		parts := strings.Split(s, q)
		for n := 1; n < len(parts); n++ {
			parts[n] = parts[n][strings.Index(parts[n], end):]
		}
		s = strings.Join(parts, q)
	}
	return strings.TrimSpace(s)
}
