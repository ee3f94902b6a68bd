package metadata_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/metadata"
)

const sp = `<?xml version="1.0"?>
<!-- a comment, <EntityDescriptor> in it -->
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.example/saml"
    validUntil="2030-01-01T00:00:00Z">
  <md:SPSSODescriptor AuthnRequestsSigned="1" WantAssertionsSigned="true"
      protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>
      <X509Certificate>AAAA</X509Certificate></X509Data></KeyInfo></md:KeyDescriptor>
    <md:NameIDFormat> urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress
    </md:NameIDFormat>
    <md:AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact" Location="https://sp.example/art" isDefault="true"/>
    <md:AssertionConsumerService index="1" isDefault="false" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example/no"/>
    <md:AssertionConsumerService index="2" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.example/acs"/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>`

const idp = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="http://www.okta.com/exk1">
<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example/sso"/>
</IDPSSODescriptor></EntityDescriptor>`

func parse(t *testing.T, text string) *metadata.Doc {
	t.Helper()
	d, err := metadata.Parse([]byte(text), "x.xml")
	require.NoError(t, err)
	return d
}

func TestReadsAServiceProvider(t *testing.T) {
	t.Parallel()
	d := parse(t, sp)
	assert.Equal(t, metadata.SP, d.Kind())
	assert.Equal(t, "https://sp.example/saml", d.EntityID())
	assert.True(t, d.AuthnRequestsSigned())
	assert.True(t, d.WantAssertionsSigned())
	assert.Equal(t, []string{"urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"}, d.NameIDFormats(d.SP()))
	require.Len(t, d.ACS(), 3)
	assert.Equal(t, []int{11, 12, 13}, []int{d.ACS()[0].Line, d.ACS()[1].Line, d.ACS()[2].Line})
	def, ok := d.DefaultACS()
	require.True(t, ok)
	assert.Equal(t, "https://sp.example/acs", def.Location, "artifact does not count, and no isDefault goes before isDefault=false")
	until := d.ValidUntil(d.SP())
	require.Len(t, until, 1)
	assert.Equal(t, 2030, until[0].Time.Year())
	certs := d.Certificates(d.SP(), "signing")
	require.Len(t, certs, 1)
	require.Error(t, certs[0].Err)
	assert.False(t, certs[0].Odd)
	assert.Equal(t, 8, certs[0].Line)
	assert.Empty(t, d.Certificates(d.SP(), "encryption"))
}

func TestSwappedFilesAreNamed(t *testing.T) {
	t.Parallel()
	require.NoError(t, metadata.RequireSP(parse(t, sp)))
	require.NoError(t, metadata.RequireIdP(parse(t, idp)))
	assert.EqualError(t, metadata.RequireSP(parse(t, idp)),
		"x.xml: this is identity-provider metadata (entityID http://www.okta.com/exk1), not the service provider's; "+
			"this file is the one to upload to the app; the app's own metadata comes from its SSO page")
	assert.ErrorContains(t, metadata.RequireIdP(parse(t, sp)), "this is service-provider metadata (entityID https://sp.example/saml)")
	both := strings.Replace(sp, "<md:SPSSO", `<md:IDPSSODescriptor protocolSupportEnumeration="x"/><md:SPSSO`, 1)
	require.NoError(t, metadata.RequireIdP(parse(t, both)))
	require.NoError(t, metadata.RequireSP(parse(t, both)))
	neither := parse(t, `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"/>`)
	require.ErrorContains(t, metadata.RequireSP(neither), "no SPSSODescriptor")
	require.ErrorContains(t, metadata.RequireIdP(neither), "no IDPSSODescriptor")
	large := parse(t, `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:`+strings.Repeat("x", 5<<20)+`"/>`)
	assert.Less(t, len(metadata.RequireSP(large).Error()), 500, "nobody reads five megabytes of it")
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	const open = `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">`
	for name, tt := range map[string]struct{ text, want string }{
		"empty":      {" \n", "x.xml: there is nothing in it"},
		"login page": {"<!-- x -->\n<!DOCTYPE html><html><body>Sign in", "x.xml: this is a web page, not metadata: probably a login page; sign in"},
		"xhtml":      {`<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>`, "this is a web page"},
		"json":       {`{"issuer":"x"}`, "x.xml: this is JSON, not metadata"},
		"pem":        {"-----BEGIN CERTIFICATE-----\nAAAA", "this is a certificate or key"},
		"text":       {"hello", `x.xml:1:1: this is not XML: it begins with "hello"`},
		"doctype":    {`<!DOCTYPE x [<!ENTITY a "b">]>` + idp, "the document has a DOCTYPE"},
		"unclosed":   {"<a>\n  <b>\n</a>", "x.xml:3:5: this is not well-formed XML: element <b> closed by </a>"},
		"cut off":    {sp[:700], "x.xml:11:59: this is not well-formed XML: unexpected EOF"},
		"entity":     {"<a>&nbsp;</a>", "invalid character entity"},
		"two roots":  {idp + idp, "there is a second root element"},
		"space":      {"\n" + sp, "x.xml:1:1: there is white space before <?xml"},
		"message":    {`<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"/>`, "this is a SAML message (Response)"},
		"other xml":  {"<rss/>", "this is XML with the root <rss>"},
		"saml 1":     {`<EntityDescriptor xmlns="urn:x"/>`, `is in the namespace "urn:x"`},
		"encoding":   {`<?xml version="1.0" encoding="shift_jis"?><a/>`, "save the document as UTF-8"},
		"deep":       {strings.Repeat("<a>", 200), "nested more than 100 deep"},
		"aggregate":  {open + idp + idp + "</EntitiesDescriptor>", "x.xml:1:1: this is an aggregate of 2 entities"},
		"large":      {strings.Repeat(" ", metadata.MaxSize+1), "larger than 16 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := metadata.Parse([]byte(tt.text), "x.xml")
			require.ErrorContains(t, err, tt.want)
			var e *metadata.Error
			require.ErrorAs(t, err, &e)
			assert.NotEmpty(t, e.Hint, "an error says what to do")
			assert.NotContains(t, err.Error(), "\n")
		})
	}
	one := parse(t, open+sp[strings.Index(sp, "<md:"):]+"</EntitiesDescriptor>")
	assert.Equal(t, "https://sp.example/saml", one.EntityID())
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	wide := func(text string, hi, lo int) []byte {
		out := make([]byte, 2+2*len(text))
		out[hi], out[lo] = 0xfe, 0xff
		for i := range len(text) {
			out[2+2*i+lo] = text[i]
		}
		return out
	}
	latin := strings.Replace(`<?xml version="1.0" encoding="ISO-8859-1"?>`+idp, "exk1", "caf\xe9", 1)
	for name, raw := range map[string][]byte{
		"utf-8 with mark": []byte("\xef\xbb\xbf" + sp),
		"utf-16le":        wide(sp, 1, 0),
		"utf-16be":        wide(sp, 0, 1),
	} {
		d, err := metadata.Parse(raw, name)
		require.NoError(t, err, name)
		assert.Equal(t, sp, string(d.Raw), name)
		assert.Equal(t, 3, d.Line(d.Root), name)
	}
	d, err := metadata.Parse([]byte(latin), "latin")
	require.NoError(t, err)
	assert.Equal(t, "http://www.okta.com/café", d.EntityID())
}

// TestLinesAgreeWithTheText parses every element's own start tag out of the
// line that it is said to stand on.
func TestLinesAgreeWithTheText(t *testing.T) {
	t.Parallel()
	d := parse(t, sp)
	lines := strings.Split(sp, "\n")
	n := 0
	for _, name := range []string{"EntityDescriptor", "SPSSODescriptor", "KeyDescriptor", "NameIDFormat", "AssertionConsumerService"} {
		for _, e := range d.Find(name) {
			assert.Contains(t, lines[d.Line(e)-1], "<md:"+name)
			n++
		}
	}
	assert.Equal(t, 7, n)
	assert.Zero(t, d.Line(nil))
}

func samples(t *testing.T) string {
	dir := os.Getenv("SAMLCHECK_SAMPLES")
	if dir == "" {
		dir = "../../../shared/samples"
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("vendor samples are not here (SAMLCHECK_SAMPLES): %v", err)
	}
	return dir
}

func TestVendorSamples(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(samples(t), "*/metadata/*.xml"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, f := range files {
		d, err := metadata.Read(f)
		require.NoError(t, err)
		require.NoError(t, metadata.RequireIdP(d), f)
		assert.NotEmpty(t, d.SigningCertificates(d.IdP()), f)
		assert.Len(t, d.SSO(), 2, f)
		if strings.Contains(f, "entra") {
			require.NoError(t, message.VerifyEnveloped(d.Raw, d.SigningCertificates(d.IdP())), "Entra signs its metadata")
			spoilt := strings.Replace(string(d.Raw), "/saml2", "/saml3", 1)
			require.ErrorIs(t, message.VerifyEnveloped([]byte(spoilt), d.SigningCertificates(d.IdP())), message.ErrBadSignature)
		} else {
			assert.ErrorIs(t, message.VerifyEnveloped(d.Raw, d.SigningCertificates(d.IdP())), message.ErrUnsigned)
		}
	}
}

func TestReadSaysWhichFile(t *testing.T) {
	t.Parallel()
	_, err := metadata.Read("not-there.xml")
	require.ErrorIs(t, err, fs.ErrNotExist)
	assert.ErrorContains(t, err, "not-there.xml")
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{sp, idp, "", "<a", "\xff\xfe<\x00", "<?xml version='1.0' encoding='latin1'?><a/>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := metadata.Parse(raw, "fuzz")
		if err != nil {
			return
		}
		for _, e := range d.Find("KeyDescriptor") {
			if l := d.Line(e); l < 1 || l > 1+strings.Count(string(d.Raw), "\n") {
				t.Fatalf("line %d", l)
			}
		}
		_, _ = d.DefaultACS()
		_ = d.Certificates(d.SP(), "")
		_ = metadata.RequireIdP(d)
		_ = d.ValidUntil(d.IdP())
	})
}

// A document that would cost much memory as a tree is refused before there is one.
func TestExcessiveDocumentsAreRefused(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"`)
	for i := range 100_000 {
		fmt.Fprintf(&b, ` a%d=""`, i)
	}
	b.WriteString("/>")
	for doc, says := range map[string]string{
		b.String(): "attributes, which no metadata has",
		"<a>" + strings.Repeat("<b/>", 250_000) + "</a>": "elements, which no metadata has",
	} {
		_, err := metadata.Parse([]byte(doc), "x.xml")
		require.ErrorContains(t, err, says)
	}
}
