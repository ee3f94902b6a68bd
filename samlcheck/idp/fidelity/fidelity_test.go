package fidelity_test

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp/fidelity"
)

func recorded(t *testing.T, name string) []byte {
	t.Helper()
	dir := os.Getenv("SAMLCHECK_SAMPLES")
	if dir == "" {
		dir = "../../../../shared/samples"
	}
	raw, err := os.ReadFile(filepath.Join(dir, name))
	if os.IsNotExist(err) {
		t.Skipf("the vendor's samples are not here (SAMLCHECK_SAMPLES): %v", err)
	}
	require.NoError(t, err)
	return raw
}

func TestRecordedMessages(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		file, face, era string
		want            map[string]fidelity.Result
	}{
		{"okta/response/05-decrypted-assertion.xml", "okta", "plaintext", map[string]fidelity.Result{"assertion": "identical"}},
		{"okta/response/06-decrypted-assertion.xml", "okta", "plaintext", map[string]fidelity.Result{"assertion": "identical"}},
		{"okta/response/07-decrypted-assertion.xml", "okta", "plaintext", map[string]fidelity.Result{"assertion": "identical"}},
		{"okta/response/15.xml", "okta", "before about 2020, SHA-1", map[string]fidelity.Result{"response": "identical", "assertion": "identical"}},
		{"okta/response/05.xml", "okta", "since about 2020", map[string]fidelity.Result{"response": "identical", "assertion": "encrypted"}},
		{"okta/response/06.xml", "okta", "since about 2020", map[string]fidelity.Result{"response": "identical", "assertion": "encrypted"}},
		{"okta/response/07.xml", "okta", "since about 2020", map[string]fidelity.Result{"response": "identical", "assertion": "encrypted"}},
		{"entra/response/01-values-replaced.xml", "entra", "", map[string]fidelity.Result{"response": "identical", "assertion": "skeleton"}},
		{"okta/metadata/02.xml", "okta", "since about 2020", map[string]fidelity.Result{"metadata": "identical"}},
		{"okta/metadata/03.xml", "okta", "before about 2020", map[string]fidelity.Result{"metadata": "skeleton"}},
		{"entra/metadata/03.xml", "entra", "", map[string]fidelity.Result{"metadata": "identical"}},
		{"entra/metadata/04.xml", "entra", "", map[string]fidelity.Result{"metadata": "identical"}},
	} {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			raw := recorded(t, tt.file)
			r, err := fidelity.Compare(raw)
			require.NoError(t, err)
			assert.Equal(t, tt.face, r.Face)
			assert.Contains(t, r.Era, tt.era)
			got := map[string]fidelity.Result{}
			for _, p := range r.Parts {
				got[p.Of] = p.Result
			}
			assert.Equal(t, tt.want, got, "%+v", r)
			assert.True(t, r.Faithful())

			again, err := fidelity.Compare([]byte(base64.StdEncoding.EncodeToString(raw)))
			require.NoError(t, err)
			assert.Equal(t, r, again, "in base64 it is the same message")
		})
	}
}

// One change to a good sample, and the first difference is named.
func TestOneChangeIsNamed(t *testing.T) {
	t.Parallel()
	const inner, old, real = "okta/response/05-decrypted-assertion.xml", "okta/response/15.xml", "entra/response/01-values-replaced.xml"
	for _, tt := range []struct {
		name, file, from, to string
		result               fidelity.Result
		path, theirs         string
	}{
		{"a value that nothing else repeats", inner, ">testuser@", ">testusex@", "skeleton", "/saml2:Assertion//DigestValue", "LK+whtVtqlMQVMc3TlVYcQujzPp6XNeuRw4+F5tnXrY="},
		{"the digest itself", inner, ">LK+w", ">LK+x", "skeleton", "/saml2:Assertion//DigestValue", "LK+xhtVtqlMQVMc3TlVYcQujzPp6XNeuRw4+F5tnXrY="},
		{"an instant", inner, `NotBefore="2020-03-03T19:35:54.699Z"`, `NotBefore="2020-03-03T19:35:54.698Z"`, "different", "/saml2:Assertion/saml2:Conditions/@NotBefore", "2020-03-03T19:35:54.698Z"},
		{"an element's name", inner, "saml2:AudienceRestriction>", "saml2:AudienceRestrictiom>", "different", "/saml2:Assertion/saml2:Conditions/saml2:AudienceRestrictiom", "saml2:AudienceRestrictiom"},
		{"a type", inner, `xsi:type="xs:string"`, `xsi:typf="xs:string"`, "different", "/saml2:Assertion/saml2:AttributeStatement/saml2:Attribute/saml2:AttributeValue/@*", "xmlns:xs xmlns:xsi xsi:typf"},
		{"order of attributes", real, `Version="2.0" IssueInstant="2025-05-12T09:11:41.798Z"`, `IssueInstant="2025-05-12T09:11:41.798Z" Version="2.0"`, "different", "/samlp:Response/@*", "ID IssueInstant Version Destination InResponseTo xmlns:samlp"},
		{"an old one's time", old, `NotBefore="2013-10-11T23:47:46.717Z"`, `NotBefore="2013-10-11T23:47:46.716Z"`, "different", "/saml2p:Response/saml2:Assertion/saml2:Conditions/@NotBefore", "2013-10-11T23:47:46.716Z"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			raw := recorded(t, tt.file)
			require.Contains(t, string(raw), tt.from)
			r, err := fidelity.Compare([]byte(strings.ReplaceAll(string(raw), tt.from, tt.to)))
			require.NoError(t, err)
			p := r.Parts[0]
			assert.Equal(t, tt.result, p.Result, "%+v", p)
			require.NotNil(t, p.Difference)
			assert.Equal(t, tt.path, p.Difference.Path)
			assert.Equal(t, tt.theirs, p.Difference.Theirs)
			assert.NotEqual(t, p.Difference.Theirs, p.Difference.Ours)
		})
	}
}

// Any changed byte of the signed parts is noticed, whichever it is.
func TestEveryByteCounts(t *testing.T) {
	t.Parallel()
	raw := recorded(t, "okta/response/07-decrypted-assertion.xml")
	from := bytes.Index(raw, []byte("<saml2:Subject "))
	for at := from; at < len(raw); at += 13 {
		changed := bytes.Clone(raw)
		if changed[at]++; changed[at] == '<' || changed[at] == '&' {
			changed[at]++
		}
		r, err := fidelity.Compare(changed)
		if err != nil {
			continue // no XML any more, or no such instant: it says so
		}
		assert.NotEqual(t, fidelity.Identical, r.Parts[0].Result, "byte %d: %q", at, changed[max(0, at-20):at+1])
		assert.NotNil(t, r.Parts[0].Difference)
	}
}

func TestIndentedAnew(t *testing.T) {
	t.Parallel()
	raw := bytes.ReplaceAll(recorded(t, "okta/response/05-decrypted-assertion.xml"), []byte("><"), []byte(">\n  <"))
	r, err := fidelity.Compare(raw)
	require.NoError(t, err)
	assert.Equal(t, fidelity.Identical, r.Parts[0].Result, "the values are all there, and give the digest: %+v", r.Parts[0].Difference)
	assert.Contains(t, r.Notes, "assertion: it was indented anew since it was signed")

	r, err = fidelity.Compare(bytes.Replace(raw, []byte(">testuser@"), []byte(">redacted@"), 1))
	require.NoError(t, err)
	assert.Equal(t, fidelity.Skeleton, r.Parts[0].Result, "%+v", r.Parts[0].Difference)
	assert.Contains(t, r.Parts[0].Difference.Path, "DigestValue")
}
