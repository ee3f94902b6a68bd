package okta_test

import (
	"encoding/base64"
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

func person() idp.Person {
	return idp.Person{
		Email: "ada@acme.example", Username: "ada.l", GivenName: "Ada", Surname: "L", DisplayName: "Ada L",
		Groups: []string{"app-admins", "app-users", "everyone"}, Attributes: map[string][]string{"costCenter": {"42"}},
	}
}

// rendered is the response to one login as the settings have it.
func rendered(t *testing.T, s okta.Settings, change func(*idp.Login)) *etree.Element {
	t.Helper()
	p := okta.New(okta.Config{Settings: s})
	l := idp.Login{
		SP: "https://sp.example", ACS: "https://sp.example/acs", InResponseTo: "id-1", Person: person(), Signing: p.Signing(),
		Now: time.Date(2026, 1, 2, 3, 4, 5, 6e6, time.UTC), ResponseID: "id1", AssertionID: "id2",
	}
	l.Person.Attributes = map[string][]string{"costCenter": {"42"}}
	if change != nil {
		change(&l)
	}
	return p.Response(l).Root()
}

func statements(t *testing.T, r *etree.Element) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, a := range forge.FindAll(r, "Attribute") {
		for _, v := range a.ChildElements() {
			out[a.SelectAttrValue("Name", "")] = append(out[a.SelectAttrValue("Name", "")], v.Text())
		}
	}
	return out
}

func TestAttributeStatements(t *testing.T) {
	t.Parallel()
	r := rendered(t, okta.Settings{
		Statements: []okta.Statement{
			{Name: "mail", Value: "user.email", Format: "basic"}, {Name: "first", Value: "user.firstName"},
			{Name: "cc", Value: "user.costCenter", Format: "uri"}, {Name: "kind", Value: `"employee"`}, {Name: "none", Value: "user.middleName"},
		},
		GroupStatements: []okta.GroupStatement{
			{Name: "all"}, {Name: "app", Filter: "starts_with", Value: "app-"}, {Name: "one", Filter: "equals", Value: "everyone"},
			{Name: "min", Filter: "contains", Value: "min"}, {Name: "re", Filter: "matches_regex", Value: "app-(users|x)"}, {Name: "never", Filter: "matches_regex", Value: "app"},
		},
	}, nil)
	assert.Equal(t, map[string][]string{
		"mail": {"ada@acme.example"}, "first": {"Ada"}, "cc": {"42"}, "kind": {"employee"},
		"all": {"app-admins", "app-users", "everyone"}, "app": {"app-admins", "app-users"}, "one": {"everyone"}, "min": {"app-admins"}, "re": {"app-users"},
	}, statements(t, r), "and no further attribute of the person's")
	var formats []string
	for _, a := range forge.FindAll(r, "Attribute")[:3] {
		formats = append(formats, a.SelectAttrValue("NameFormat", ""))
	}
	const f = "urn:oasis:names:tc:SAML:2.0:attrname-format:"
	assert.Equal(t, []string{f + "basic", f + "unspecified", f + "uri"}, formats)
}

func TestSettingsOnTheWire(t *testing.T) {
	t.Parallel()
	one := func(r *etree.Element, local string) *etree.Element {
		found := forge.FindAll(r, local)
		require.Len(t, found, 1)
		return found[0]
	}
	r := rendered(t, okta.Settings{
		NameID: "user.login", NameIDFormat: "persistent", Audience: "urn:their:audience", SessionLifetime: 8 * time.Hour,
	}, nil)
	assert.Equal(t, "ada.l", one(r, "NameID").Text())
	assert.Equal(t, "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent", one(r, "NameID").SelectAttrValue("Format", ""))
	assert.Equal(t, "urn:their:audience", one(r, "Audience").Text())
	authn := one(r, "AuthnStatement")
	assert.Equal(t, "2026-01-02T11:04:05.006Z", authn.SelectAttrValue("SessionNotOnOrAfter", ""))
	var order []string
	for _, a := range authn.Attr {
		order = append(order, a.FullKey())
	}
	assert.Equal(t, []string{"AuthnInstant", "SessionIndex", "SessionNotOnOrAfter", "xmlns:saml2"}, order)

	r = rendered(t, okta.Settings{}, nil)
	assert.Equal(t, "ada@acme.example", one(r, "NameID").Text())
	assert.Equal(t, "https://sp.example", one(r, "Audience").Text())
	assert.Nil(t, one(r, "AuthnStatement").SelectAttr("SessionNotOnOrAfter"))
}

// What the target file asks of the person wins over the app's setting.
func TestTheLoginWins(t *testing.T) {
	t.Parallel()
	r := rendered(t, okta.Settings{NameIDFormat: "persistent", Statements: []okta.Statement{{Name: "mail", Value: "user.email"}}}, func(l *idp.Login) {
		l.NameIDFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
		l.Person.Only = true
	})
	assert.Equal(t, "urn:oasis:names:tc:SAML:2.0:nameid-format:transient", forge.FindAll(r, "NameID")[0].SelectAttrValue("Format", ""))
	assert.Equal(t, map[string][]string{"costCenter": {"42"}}, statements(t, r))
}

// What the samples say was encrypted, byte for byte: the plaintext of 06 as its
// decrypted form shows it, end tags written out.
func TestPlaintextOfRecordedAssertion(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"response/05-decrypted-assertion.xml", "response/07-decrypted-assertion.xml"} {
		theirs := vendor(t, file).Root()
		l := values(t, theirs)
		p := okta.New(okta.Config{Issuer: text(theirs, "./Issuer")})
		ours := p.Response(l).FindElement("//Assertion")
		der := certificateOf(t, theirs)
		require.NoError(t, forge.Lay(ours, der, p.Style(), text(theirs, ".//SignatureValue")))
		got, err := forge.Physical(ours)
		require.NoError(t, err)
		doc := etree.NewDocument()
		doc.SetRoot(theirs.Copy())
		doc.WriteSettings = etree.WriteSettings{CanonicalEndTags: true, CanonicalText: true, CanonicalAttrVal: true}
		want, err := doc.WriteToString()
		require.NoError(t, err)
		assert.Equal(t, want, string(got))
	}
}

func certificateOf(t *testing.T, e *etree.Element) []byte {
	t.Helper()
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text(e, ".//X509Certificate")), ""))
	require.NoError(t, err)
	return der
}
