package setup_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/fixtures"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/setup"
)

func read(t *testing.T, name string, change ...string) *metadata.Doc {
	t.Helper()
	raw, err := fixtures.FS.ReadFile(name)
	require.NoError(t, err)
	d, err := metadata.Parse([]byte(strings.NewReplacer(change...).Replace(string(raw))), name)
	require.NoError(t, err)
	return d
}

// values is label=value, in the form's order.
func values(fields []setup.Field) []string {
	var out []string
	for _, f := range fields {
		out = append(out, f.Label+"="+f.Value)
	}
	return out
}

func TestGoodServiceForOkta(t *testing.T) {
	t.Parallel()
	fields := setup.Okta(read(t, "sp-metadata/good.xml"))
	assert.Empty(t, setup.Missing(fields))
	got := values(fields)
	for _, want := range []string{
		"Single sign-on URL=https://sp.example/acs", "Audience URI (SP Entity ID)=https://sp.example/saml", "Name ID format=EmailAddress",
		"Application username=Email", "Response=Signed", "Assertion Signature=Signed", "Assertion Encryption=Unencrypted",
		"Signed Requests=on or off", "Enable Single Logout=off",
	} {
		assert.Contains(t, got, want)
	}
	assert.Positive(t, fields[0].Line, "the place that the value comes from")
}

func TestGoodServiceForEntra(t *testing.T) {
	t.Parallel()
	fields := setup.Entra(read(t, "sp-metadata/good.xml"))
	assert.Empty(t, setup.Missing(fields))
	got := values(fields)
	for _, want := range []string{
		"Identifier (Entity ID)=https://sp.example/saml", "Reply URL (Assertion Consumer Service URL)=https://sp.example/acs", "Sign on URL=",
		"Logout Url (Optional)=", "Unique User Identifier (Name ID)=Email address", "Signing Option=Sign SAML assertion",
	} {
		assert.Contains(t, got, want)
	}
}

// What a form needs and metadata does not say is asked of the vendor, never guessed.
func TestWhatIsMissingIsSaid(t *testing.T) {
	t.Parallel()
	none := read(t, "sp-metadata/acs-missing.xml")
	assert.Equal(t, []string{"Single sign-on URL"}, setup.Missing(setup.Okta(none)))
	assert.Equal(t, []string{"Reply URL (Assertion Consumer Service URL)"}, setup.Missing(setup.Entra(none)))
	assert.Equal(t, []string{"Audience URI (SP Entity ID)"}, setup.Missing(setup.Okta(read(t, "sp-metadata/entityid-missing.xml"))))
}

func TestNameFormats(t *testing.T) {
	t.Parallel()
	const email = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
	for format, want := range map[string][2]string{
		"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent":  {"Persistent", "Persistent"},
		"urn:oasis:names:tc:SAML:2.0:nameid-format:transient":   {"Transient", "Default"},
		"urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified": {"Unspecified", "Unspecified"},
		"urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos":    {"Unspecified", "Default"},
	} {
		d := read(t, "sp-metadata/good.xml", email, format)
		assert.Contains(t, values(setup.Okta(d)), "Name ID format="+want[0])
		assert.Contains(t, values(setup.Entra(d)), "Unique User Identifier (Name ID)="+want[1])
	}
	none := read(t, "sp-metadata/good.xml", "<md:NameIDFormat>"+email+"</md:NameIDFormat>", "")
	assert.Contains(t, values(setup.Okta(none)), "Name ID format=Unspecified")
	assert.Contains(t, values(setup.Entra(none)), "Unique User Identifier (Name ID)=Email address")
}

// Entra logs out by HTTP-Redirect alone, Okta wants a key for it.
func TestLogout(t *testing.T) {
	t.Parallel()
	slo := read(t, "sp-metadata/slo.xml")
	assert.Contains(t, strings.Join(values(setup.Okta(slo)), "\n"), "Single Logout URL=https://sp.example/")
	var entra string
	for _, f := range setup.Entra(slo) {
		if strings.HasPrefix(f.Label, "Logout") {
			entra = f.Value + "|" + f.Note
		}
	}
	assert.NotEmpty(t, entra)
	post := read(t, "sp-metadata/slo.xml", "bindings:HTTP-Redirect", "bindings:HTTP-POST")
	assert.Contains(t, values(setup.Entra(post)), "Logout Url (Optional)=")
	bare := read(t, "sp-metadata/slo.xml", `use="signing"`, `use="encryption"`)
	assert.Contains(t, values(setup.Okta(bare)), "Enable Single Logout=off")
}

func TestServiceSide(t *testing.T) {
	t.Parallel()
	fields := setup.Service(read(t, "idp-metadata/good.xml"))
	assert.Empty(t, setup.Missing(fields))
	got := values(fields)
	assert.Contains(t, got, "Identity provider's entityID (issuer)=https://idp.example/saml")
	assert.Contains(t, got, "Sign-in URL (single sign-on service)=https://idp.example/sso")
	assert.Contains(t, got, "Certificate=the one until 2036-01-01")
	assert.Equal(t, []string{"Sign-in URL (single sign-on service)"}, setup.Missing(setup.Service(read(t, "idp-metadata/sso-missing.xml"))))
}
