package idp_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/metadata"
)

// -update writes the files anew, with keys that nobody keeps.
func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write idp-metadata/*.xml anew")
	flag.Parse()
	os.Exit(m.Run())
}

// withoutKeys replaces what differs from key to key: certificate, signature,
// digest, and the ID that Entra's face makes from the certificate.
func withoutKeys(raw []byte) string {
	for _, r := range []struct{ find, put string }{
		{`(X509Certificate>)[^<]+`, "${1}CERTIFICATE"},
		{`(SignatureValue>)[^<]+`, "${1}SIGNATURE"},
		{`(DigestValue>)[^<]+`, "${1}DIGEST"},
		{`_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`, "_ID"},
	} {
		raw = regexp.MustCompile(r.find).ReplaceAll(raw, []byte(r.put))
	}
	return string(raw)
}

func TestGoldenMetadata(t *testing.T) {
	t.Parallel()
	for face, p := range profiles() {
		t.Run(face, func(t *testing.T) {
			t.Parallel()
			i, err := idp.New(p, idp.Options{})
			require.NoError(t, err)
			file := filepath.Join("..", "..", "idp-metadata", face+".xml")
			if updating() {
				require.NoError(t, os.WriteFile(file, i.Metadata(), 0o644))
			}
			golden, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, withoutKeys(golden), withoutKeys(i.Metadata()), "go test ./samlcheck/idp -run TestGoldenMetadata -update writes it anew")
			assert.NotContains(t, string(golden), "PRIVATE")
			assert.False(t, bytes.HasSuffix(golden, []byte("\n")), "the vendor's bytes, to the last")

			doc, err := metadata.Read(file)
			require.NoError(t, err)
			require.NoError(t, metadata.RequireIdP(doc))
			assert.Equal(t, i.EntityID(), doc.EntityID())
			require.Len(t, doc.SSO(), 2)
			for _, e := range doc.SSO() {
				assert.Equal(t, i.SSO(), e.Location)
			}
		})
	}
}
