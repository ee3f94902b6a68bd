package face_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/face"
	"example.com/samepage/samlcheck/target"
)

const yaml = `sp: {entity_id: sp, acs: "http://127.0.0.1/acs"}
people: {fresh: {domain: acme.example}}
idp:
  okta:
    signature_algorithm: RSA_SHA1
    encrypt: true
    encryption_algorithm: AES128_CBC
    name_id: username
    name_id_format: persistent
    attribute_statements: [{name: mail, name_format: basic, value: user.email}]
    group_attribute_statements: [{name: apps, filter: starts_with, value: app-}]
    session_lifetime: 8h
    audience: urn:theirs
    default_relay_state: /home
    issuer: urn:acme
  entra:
    signing_algorithm: SHA-1
    encrypt: true
    name_id: email
    name_id_format: unspecified
    claims: [{name: "urn:upn", source: user.userprincipalname}]
    group_claims: true
    audience: urn:theirs
    default_relay_state: /home
`

// Each key of the target file is seen on the wire, or in what the IdP does.
func TestEverySettingArrives(t *testing.T) {
	t.Parallel()
	tg, err := target.Parse("t.yaml", []byte(yaml), nil)
	require.NoError(t, err)
	person := idp.Person{Email: "a@acme.example", Username: "ada", Groups: []string{"app-x", "y"}}
	for name, want := range map[string]struct {
		admin         idp.Admin
		nameID, nidF  string
		attributes    []string
		session, from string
	}{
		"okta": {
			idp.Admin{RelayState: "/home", Encrypt: true, Data: forge.AES128CBC, Indexed: true}, "ada", "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
			[]string{"mail=a@acme.example", "apps=app-x"}, "2026-01-02T11:00:00.000Z", "urn:acme",
		},
		"entra": {
			idp.Admin{RelayState: "/home", Encrypt: true}, "a@acme.example", "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
			[]string{"urn:upn=ada"}, "", "https://sts.windows.net/8e4dae73-0000-4000-8000-000000000000/",
		},
	} {
		p, err := face.New(name, tg.IdP)
		require.NoError(t, err)
		assert.Equal(t, want.admin, p.Admin())
		assert.True(t, p.Style().SHA1)
		assert.Equal(t, want.from, p.EntityID())
		r := p.Response(idp.Login{SP: "sp", Person: person, Rich: true, Signing: p.Signing(), Now: time.Date(2026, 1, 2, 3, 0, 0, 0, time.UTC)}).Root()
		id := forge.FindAll(r, "NameID")[0]
		assert.Equal(t, want.nameID, id.Text())
		assert.Equal(t, want.nidF, id.SelectAttrValue("Format", ""))
		assert.Equal(t, "urn:theirs", forge.FindAll(r, "Audience")[0].Text())
		assert.Equal(t, want.session, forge.FindAll(r, "AuthnStatement")[0].SelectAttrValue("SessionNotOnOrAfter", ""))
		var got []string
		for _, a := range forge.FindAll(r, "Attribute") {
			for _, v := range a.ChildElements() {
				got = append(got, a.SelectAttrValue("Name", "")+"="+v.Text())
			}
		}
		assert.Subset(t, got, want.attributes)
		assert.Equal(t, name == "entra", len(got) > len(want.attributes), "Entra's always-sent block is beside them, and nothing rich: %v", got)
	}
}
