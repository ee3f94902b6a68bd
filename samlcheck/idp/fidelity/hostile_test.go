package fidelity_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/fidelity"
	"example.com/samepage/samlcheck/idp/okta"
)

func TestBadInput(t *testing.T) {
	t.Parallel()
	const p, a = ` xmlns="urn:oasis:names:tc:SAML:2.0:protocol"`, ` xmlns="urn:oasis:names:tc:SAML:2.0:assertion"`
	for name, tt := range map[string]struct{ in, want string }{
		"empty":                 {" \n", "the text is empty"},
		"words":                 {"hello, world", "neither XML nor base64"},
		"base64 of it":          {base64.StdEncoding.EncodeToString([]byte("hello")), "line 1"},
		"cut off":               {"<Response" + p + ">", "line 1"},
		"doctype":               {`<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>`, "DOCTYPE"},
		"another root":          {"<html/>", "the root is html; a SAML 2.0 Response"},
		"no namespace":          {"<Response/>", "the root is Response"},
		"too large":             {"<a>" + strings.Repeat("x", fidelity.MaxSize) + "</a>", "larger than"},
		"too deep":              {strings.Repeat("<a>", 200), "nested"},
		"an error":              {"<Response" + p + "/>", "an error response"},
		"somebody's":            {"<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\"><Issuer" + a + ">https://idp.example</Issuer><Assertion" + a + "/></samlp:Response>", `neither Okta's nor Entra's: the issuer is "https://idp.example"`},
		"encrypted":             {"<EncryptedAssertion" + a + "/>", "decrypt it"},
		"a service provider's":  {`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"/>`, "an identity provider's is wanted"},
		"another's metadata":    {`<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"><IDPSSODescriptor/></EntityDescriptor>`, `neither Okta's nor Entra's metadata: the entityID is "x"`},
		"no instant":            {"<Assertion" + a + ` IssueInstant="yesterday"><Issuer>http://www.okta.com/exk</Issuer></Assertion>`, `IssueInstant of Assertion is no instant: "yesterday"`},
		"signed, without an ID": {"<Assertion" + a + `><Issuer>http://www.okta.com/exk</Issuer><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></Assertion>`, "has no ID"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := fidelity.Compare([]byte(tt.in))
			require.ErrorContains(t, err, tt.want)
			assert.True(t, strings.HasPrefix(err.Error(), "fidelity: "))
			assert.Less(t, len(err.Error()), 600)
		})
	}
}

// Work is bounded, and the bound says so.
func TestManyAttributes(t *testing.T) {
	t.Parallel()
	const head = `<saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"><saml2:Issuer>http://www.okta.com/exk</saml2:Issuer><saml2:AttributeStatement>`
	const one, tail = "<saml2:Attribute/>", "</saml2:AttributeStatement></saml2:Assertion>"
	r, err := fidelity.Compare([]byte(head + strings.Repeat(one, 500) + tail))
	require.NoError(t, err)
	assert.False(t, r.Faithful())
	_, err = fidelity.Compare([]byte(head + strings.Repeat(one, (1<<20-1000)/len(one)) + tail))
	assert.ErrorContains(t, err, "fidelity: the message cannot be brought into canonical form")
}

func TestBare(t *testing.T) {
	t.Parallel()
	r, err := fidelity.Compare([]byte(`<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><Issuer>http://www.okta.com/exk</Issuer></Assertion>`))
	require.NoError(t, err)
	assert.False(t, r.Faithful())
	assert.Equal(t, "/Assertion", r.Parts[0].Difference.Path)
	assert.Equal(t, "saml2:Assertion", r.Parts[0].Difference.Ours)
}

// What our own faces send is theirs, whatever is signed.
func TestOwnMessages(t *testing.T) {
	t.Parallel()
	for name, p := range faces() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, rich := range []bool{false, true} {
				r, err := fidelity.Compare(minted(t, p, rich))
				require.NoError(t, err)
				assert.Equal(t, p.Name(), r.Face)
				assert.True(t, r.Whole(), "%+v %v", r, r.Parts[0].Difference)
			}
		})
	}
}

func faces() map[string]idp.Profile {
	out := map[string]idp.Profile{"okta/sha1": okta.New(okta.Config{SHA1: true}), "entra/sha1": entra.New(entra.Config{SHA1: true, Sign: "both"})}
	for _, sign := range []string{"response", "assertion", "both"} {
		out["okta/"+sign] = okta.New(okta.Config{Sign: sign})
		out["entra/"+sign] = entra.New(entra.Config{Sign: sign})
	}
	return out
}

func minted(t testing.TB, p idp.Profile, rich bool) []byte {
	t.Helper()
	i, err := idp.New(p, idp.Options{Now: func() time.Time { return time.Unix(1764000000, 0) }, Rand: rand.Reader})
	require.NoError(t, err)
	m, err := i.Mint(idp.Reply{
		Person: idp.Person{Email: "a@acme.example", Username: "a", GivenName: "A <&> B", Groups: []string{"x", "y"}},
		SP:     idp.SP{EntityID: "https://sp.example"}, Rich: rich,
	}, "_request", "https://sp.example/acs", nil)
	require.NoError(t, err)
	return []byte(m.XML)
}

func TestOwnMetadata(t *testing.T) {
	t.Parallel()
	for _, p := range []idp.Profile{
		okta.New(okta.Config{SLO: true}), okta.New(okta.Config{Catalog: true, App: "scaleft", Issuer: "urn:acme"}), entra.New(entra.Config{}),
	} {
		i, err := idp.New(p, idp.Options{})
		require.NoError(t, err)
		r, err := fidelity.Compare(i.Metadata())
		require.NoError(t, err)
		assert.True(t, r.Whole(), "%+v", r)

		r, err = fidelity.Compare(bytes.Replace(i.Metadata(), []byte("HTTP-Redirect"), []byte("HTTP-Redirecx"), 1))
		require.NoError(t, err)
		assert.Equal(t, fidelity.Different, r.Parts[0].Result)
		assert.Contains(t, r.Parts[0].Difference.Path, "@Binding")
		assert.Equal(t, "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirecx", r.Parts[0].Difference.Theirs)
	}
}

// Two certificates are alike for long: what is shown of them is where they differ.
func TestLongValues(t *testing.T) {
	t.Parallel()
	i, err := idp.New(entra.New(entra.Config{}), idp.Options{})
	require.NoError(t, err)
	raw := bytes.Clone(i.Metadata())
	end := bytes.LastIndex(raw, []byte("</X509Certificate>"))
	raw[end-40] = map[bool]byte{true: 'B', false: 'A'}[raw[end-40] == 'A']
	r, err := fidelity.Compare(raw)
	require.NoError(t, err)
	require.NotNil(t, r.Parts[0].Difference)
	d := *r.Parts[0].Difference
	assert.NotEqual(t, d.Theirs, d.Ours)
	assert.Equal(t, "...", d.Theirs[:3])
	assert.Equal(t, d.Theirs[:63], d.Ours[:63])
	assert.NotEqual(t, d.Theirs[63], d.Ours[63])
}

func FuzzCompare(f *testing.F) {
	f.Add([]byte(`<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><Issuer>http://www.okta.com/exk</Issuer></Assertion>`))
	for _, p := range []idp.Profile{okta.New(okta.Config{}), entra.New(entra.Config{})} {
		f.Add(minted(f, p, true))
		i, err := idp.New(p, idp.Options{})
		require.NoError(f, err)
		f.Add(i.Metadata())
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := fidelity.Compare(raw)
		if err != nil {
			return
		}
		assert.NotEmpty(t, r.Parts)
		for _, p := range r.Parts {
			if p.Difference != nil {
				assert.NotEqual(t, p.Difference.Theirs, p.Difference.Ours, "%+v", p)
			} else {
				assert.NotEqual(t, fidelity.Different, p.Result, "%+v", p)
			}
		}
		again, err := fidelity.Compare(bytes.Clone(raw))
		assert.NoError(t, err)
		assert.Equal(t, r, again)
	})
}
