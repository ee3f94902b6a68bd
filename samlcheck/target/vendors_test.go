package target_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/target"
)

const vendors = minimal + `idp:
  okta:
    signature_algorithm: RSA_SHA1
    encrypt: true
    encryption_algorithm: AES256_GCM
    name_id: username
    name_id_format: persistent
    attribute_statements:
      - {name: mail, name_format: basic, value: user.email}
      - name: kind
        value: '"employee"'
    group_attribute_statements: [{name: groups, filter: starts_with, value: app-}]
    session_lifetime: 8h
    audience: urn:theirs
    default_relay_state: /home
    issuer: urn:acme
  entra:
    signing_algorithm: SHA-1
    encrypt: true
    name_id: user.mail
    name_id_format: unspecified
    claims: [{name: urn:mail, source: user.mail}]
    group_claims: true
    audience: urn:theirs
    default_relay_state: /home
`

func TestVendorSettingsAreRead(t *testing.T) {
	t.Parallel()
	tg, err := target.Parse("t.yaml", []byte(vendors), none)
	require.NoError(t, err)
	assert.Equal(t, target.Okta{
		Org: "samlcheck", App: "samlcheck", Sign: "both", SignatureAlgorithm: "RSA_SHA1", Encrypt: true, Encryption: "AES256_GCM",
		NameID: "username", NameIDFormat: "persistent", SessionLifetime: "8h", Audience: "urn:theirs", RelayState: "/home", Issuer: "urn:acme",
		Statements:      []target.Statement{{Name: "mail", Format: "basic", Value: "user.email"}, {Name: "kind", Value: `"employee"`}},
		GroupStatements: []target.GroupStatement{{Name: "groups", Filter: "starts_with", Value: "app-"}},
	}, tg.IdP.Okta)
	assert.Equal(t, 8*time.Hour, tg.IdP.Okta.Lifetime())
	assert.Equal(t, []target.Claim{{Name: "urn:mail", Source: "user.mail"}}, tg.IdP.Entra.Claims)
	assert.True(t, tg.IdP.Entra.GroupClaims)
	assert.Equal(t, 13, tg.Line("idp.okta.attribute_statements[1].value"))
}

func TestVendorComplaintsNameTheLine(t *testing.T) {
	t.Parallel()
	for add, want := range map[string]string{
		"idp: {okta: {signature_algorithm: SHA1}}":                           `t.yaml:3: idp.okta.signature_algorithm: "SHA1" is none of RSA_SHA256, RSA_SHA1`,
		"idp: {okta: {session_lifetime: forever}}":                           `t.yaml:3: idp.okta.session_lifetime: "forever" is no length of time such as 8h or 30m`,
		"idp: {okta: {session_lifetime: -1h}}":                               `"-1h" is no length of time`,
		"idp: {okta: {name_id: mail}}":                                       `t.yaml:3: idp.okta.name_id: "mail" is none of email, username, user.<attribute>, "constant"`,
		"idp: {okta: {attribute_statements: mail}}":                          `t.yaml:3: idp.okta.attribute_statements: text where a list is wanted`,
		"idp: {okta: {attribute_statements: [mail]}}":                        `t.yaml:3: idp.okta.attribute_statements[0]: text where keys are wanted`,
		"idp: {okta: {attribute_statements: [{name: a, valu: user.email}]}}": `t.yaml:3: unknown key "valu" in idp.okta.attribute_statements[0] (did you mean "value"?)`,
		"idp: {okta: {attribute_statements: [{value: user.email}]}}":         `idp.okta.attribute_statements[0].value: its name is missing`,
		"idp:\n  okta:\n    attribute_statements:\n      - {name: a, value: user.email}\n      - {name: b, value: 'String.toUpperCase(user.email)'}": `t.yaml:7: idp.okta.attribute_statements[1].value: "String.toUpperCase(user.email)" is neither user.<attribute> nor a constant in double quotes`,
		"idp: {okta: {group_attribute_statements: [{name: g, filter: matches_regex, value: '('}]}}":                                                  `idp.okta.group_attribute_statements[0].value: "(" is no regular expression`,
		"idp: {okta: {group_attribute_statements: [{name: g, filter: equals}]}}":                                                                     `the filter equals of g looks for nothing`,
		"idp: {entra: {claims: [{name: a}]}}": `idp.entra.claims[0].source: "" is neither user.<attribute> nor a constant in double quotes`,
	} {
		_, err := target.Parse("t.yaml", []byte(minimal+add+"\n"), none)
		assert.ErrorContains(t, err, want, add)
	}
}

func TestSchemaHasTheVendorSettings(t *testing.T) {
	t.Parallel()
	type node struct {
		Type       string
		Enum       []string
		Properties map[string]node
		Items      *node
	}
	var s node
	require.NoError(t, json.Unmarshal(target.Schema(), &s))
	okta := s.Properties["idp"].Properties["okta"]
	assert.Equal(t, "array", okta.Properties["attribute_statements"].Type)
	require.NotNil(t, okta.Properties["attribute_statements"].Items)
	assert.Equal(t, []string{"unspecified", "uri", "basic"}, okta.Properties["attribute_statements"].Items.Properties["name_format"].Enum)
	assert.Contains(t, s.Properties["idp"].Properties["entra"].Properties["claims"].Items.Properties, "source")
}

// The settings that docs/faces.md shows are settings that there are.
func TestDocumentedSettings(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/faces.md")
	require.NoError(t, err)
	_, after, ok := strings.Cut(string(page), "```yaml\n")
	require.True(t, ok)
	src, _, ok := strings.Cut(after, "```")
	require.True(t, ok)
	tg, err := target.Parse("faces.md", []byte(src), none)
	require.NoError(t, err)
	assert.Len(t, tg.IdP.Okta.Statements, 3)
	assert.Len(t, tg.IdP.Entra.Claims, 1)
}
