package entra_test

import (
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
)

func recorded(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("SAMLCHECK_SAMPLES")
	if dir == "" {
		dir = "../../../../shared/samples"
	}
	raw, err := os.ReadFile(filepath.Join(dir, "entra", name))
	if os.IsNotExist(err) {
		t.Skipf("the vendor's samples are not here (SAMLCHECK_SAMPLES): %v", err)
	}
	require.NoError(t, err)
	return string(raw)
}

func opened(t *testing.T, c entra.Config) *idp.IdP {
	t.Helper()
	i, err := idp.New(entra.New(c), idp.Options{})
	require.NoError(t, err)
	return i
}

func instant(t *testing.T, e *etree.Element, name string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, e.SelectAttrValue(name, ""))
	require.NoError(t, err)
	return at
}

// The recorded response had its person's names replaced, so its digest proves
// nothing; but with its values the face must give its bytes, apart from the
// signature and from what follows here.
func TestBytesOfRecordedResponse(t *testing.T) {
	t.Parallel()
	theirs := recorded(t, "response/01-values-replaced.xml")
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromString(theirs))
	r, a := doc.Root(), doc.FindElement("//Assertion")
	data := doc.FindElement("//SubjectConfirmationData")
	tenant := strings.Trim(strings.TrimPrefix(doc.FindElement("//Issuer").Text(), "https://sts.windows.net"), "/")
	l := idp.Login{
		SP: doc.FindElement("//Audience").Text(), ACS: data.SelectAttrValue("Recipient", ""),
		InResponseTo: data.SelectAttrValue("InResponseTo", ""),
		Person: idp.Person{
			NameID: doc.FindElement("//NameID").Text(), Username: doc.FindElement("//NameID").Text(), Email: value(doc, "emailaddress"),
			GivenName: value(doc, "givenname"), Surname: value(doc, "surname"), DisplayName: value(doc, "displayname"),
		},
		Signing:      idp.Signing{Assertion: true},
		Now:          instant(t, r, "IssueInstant"),
		Issued:       instant(t, a, "IssueInstant"),
		Reckoned:     instant(t, data, "NotOnOrAfter").Add(-time.Hour),
		AuthnInstant: instant(t, doc.FindElement("//AuthnStatement"), "AuthnInstant"),
		ResponseID:   r.SelectAttrValue("ID", ""), AssertionID: a.SelectAttrValue("ID", ""),
	}
	face := entra.New(entra.Config{Tenant: tenant})
	ours, err := face.Serialize(face.Response(l))
	require.NoError(t, err)

	want := regexp.MustCompile(`<Signature .*</Signature>`).ReplaceAllString(theirs, "")
	for from, to := range map[string]string{
		// A guest's home is elsewhere; our people are members.
		"live.com": "https://sts.windows.net/" + tenant + "/",
		// How often the person was asked for more than a password.
		"<AttributeValue>http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/unspecified</AttributeValue>": "",
	} {
		require.Contains(t, want, from)
		want = strings.Replace(want, from, to, 1)
	}
	got := string(ours)
	got = strings.Replace(got, value(face.Response(l), "objectidentifier"), value(doc, "objectidentifier"), 1)
	assert.Equal(t, want, got)
}

func value(doc *etree.Document, claim string) string {
	for _, e := range doc.FindElements("//Attribute") {
		if strings.HasSuffix(e.SelectAttrValue("Name", ""), "/"+claim) {
			return e.FindElement("./AttributeValue").Text()
		}
	}
	return ""
}

func TestSignatureLayout(t *testing.T) {
	t.Parallel()
	find := regexp.MustCompile(`<Signature .*</Signature>`)
	m, err := opened(t, entra.Config{}).Mint(idp.Reply{Person: idp.Person{Email: "a@acme.example"}, SP: idp.SP{EntityID: "sp", ACS: []string{"https://sp.example/acs"}}},
		"", "https://sp.example/acs", nil)
	require.NoError(t, err)
	assert.Equal(t, blank(find.FindString(recorded(t, "response/01-values-replaced.xml"))), blank(find.FindString(string(m.XML))))
}

// blank takes out what is a tenant's, an application's or a signature's own.
func blank(s string) string {
	s = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`).ReplaceAllString(s, "GUID")
	s = regexp.MustCompile(`(<(DigestValue|SignatureValue|X509Certificate)>)[^<]*<`).ReplaceAllString(s, "$1<")
	return strings.ReplaceAll(s, "https://login.entra.example", "https://login.microsoftonline.com")
}

// Names, ids and signature values aside, the metadata is Entra's to the byte.
func TestMetadataLayout(t *testing.T) {
	t.Parallel()
	assert.Equal(t, blank(recorded(t, "metadata/04.xml")), blank(string(opened(t, entra.Config{}).Metadata())))
}

func TestMetadataIsSignedByItsOwnKey(t *testing.T) {
	t.Parallel()
	i := opened(t, entra.Config{})
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromBytes(i.Metadata()))
	der, err := base64.StdEncoding.DecodeString(doc.FindElement("//IDPSSODescriptor//X509Certificate").Text())
	require.NoError(t, err)
	assert.NoError(t, forge.VerifyDER(doc.Root(), der))
}

func TestCertificate(t *testing.T) {
	t.Parallel()
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromBytes(opened(t, entra.Config{}).Metadata()))
	text := doc.FindElement("//X509Certificate").Text()
	assert.True(t, strings.HasPrefix(text, "MIIC8DCCAdigAwIBAgIQ"), "the beginning that all of Entra's have: %s", text[:24])
	assert.Len(t, text, 1008)
	der, err := base64.StdEncoding.DecodeString(text)
	require.NoError(t, err)
	c, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	assert.Equal(t, "CN=Microsoft Azure Federated SSO Certificate", c.Subject.String())
	assert.Equal(t, c.RawSubject, c.RawIssuer)
	assert.Empty(t, c.Extensions)
	assert.Equal(t, c.NotBefore.AddDate(3, 0, 0), c.NotAfter)
	assert.Equal(t, x509.SHA256WithRSA, c.SignatureAlgorithm)
}

// The assertion is older than its response by 0 to 16 ms, as the samples' are.
func TestAssertionIsOlder(t *testing.T) {
	t.Parallel()
	seen := map[time.Duration]bool{}
	for n := range 200 {
		now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
		r := entra.New(entra.Config{}).Response(idp.Login{Now: now, ResponseID: fmt.Sprint("_", n), AssertionID: "_a"}).Root()
		age := now.Sub(instant(t, r.FindElement("./Assertion"), "IssueInstant"))
		assert.GreaterOrEqual(t, age, time.Duration(0))
		assert.LessOrEqual(t, age, 16*time.Millisecond)
		seen[age] = true
	}
	assert.Len(t, seen, 17)
}
