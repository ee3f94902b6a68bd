package aggregate_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/fixtures"
	"example.com/samepage/samlcheck/aggregate"
)

// operator is who signs an aggregate.
type operator struct {
	key  *rsa.PrivateKey
	cert *x509.Certificate
}

func (o operator) GetKeyPair() (*rsa.PrivateKey, []byte, error) { return o.key, o.cert.Raw, nil }

func newOperator(t testing.TB) operator {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	tmpl := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "federation"},
		NotBefore: fixtures.Clock().Add(-time.Hour), NotAfter: fixtures.Clock().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, key.Public(), key)
	require.NoError(t, err)
	cert, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	return operator{key, cert}
}

// signed puts an enveloped signature where the schema wants it.
func signed(t testing.TB, o operator, doc string, c dsig.Canonicalizer) string {
	t.Helper()
	tree := etree.NewDocument()
	require.NoError(t, tree.ReadFromString(doc))
	root := tree.Root()
	root.CreateAttr("ID", "_a1")
	ctx := dsig.NewDefaultSigningContext(o)
	ctx.Canonicalizer = c
	require.NoError(t, ctx.SetSignatureMethod(dsig.RSASHA256SignatureMethod))
	sig, err := ctx.ConstructSignature(root, true)
	require.NoError(t, err)
	root.InsertChildAt(1, sig) // after the first line end
	out, err := tree.WriteToString()
	require.NoError(t, err)
	return out
}

func TestSignature(t *testing.T) {
	t.Parallel()
	o, other := newOperator(t), newOperator(t)
	plain := whole(t, `xmlns:unused="urn:u" Name="f&amp;g"`, "sp-metadata/complete.xml", "idp-metadata/good.xml")
	for name, c := range map[string]dsig.Canonicalizer{
		"exclusive":               dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList(""),
		"exclusive with comments": dsig.MakeC14N10ExclusiveWithCommentsCanonicalizerWithPrefixList(""),
		"inclusive":               dsig.MakeC14N10RecCanonicalizer(),
	} {
		doc := signed(t, o, plain, c)
		check := func(doc string, trust ...*x509.Certificate) aggregate.Signature {
			r, err := aggregate.Scan(strings.NewReader(doc), aggregate.Options{Source: "f.xml", Now: fixtures.Clock(), Trust: trust})
			require.NoError(t, err)
			return r.Signature
		}
		g := check(doc)
		assert.True(t, g.Present, name)
		assert.Empty(t, g.Problem, name)
		assert.False(t, g.Trusted, "%s: the key that comes with it proves nothing", name)
		assert.Equal(t, 3, g.Line, name)
		assert.True(t, check(doc, o.cert).Trusted, name)
		assert.Contains(t, check(doc, other.cert).Problem, "another key", name)
		assert.Contains(t, check(strings.Replace(doc, "sp.example/", "sp.exampel/", 1)).Problem, "changed after it was signed", name)
		flipped := strings.Replace(doc, "<ds:SignatureValue>", "<ds:SignatureValue>AAAA", 1)
		assert.Contains(t, check(flipped).Problem, "no certificate verifies", name)
		assert.Contains(t, check(strings.Replace(doc, `ID="_a1"`, `ID="_a2"`, 1)).Problem, "not to the root", name)
	}
}

// A signature over another element, two references, foreign transforms: none is taken for a signature over the whole.
func TestSignatureOverSomethingElse(t *testing.T) {
	t.Parallel()
	doc := signed(t, newOperator(t), whole(t, "", "sp-metadata/good.xml"), dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList(""))
	from, to := strings.Index(doc, "<ds:Reference"), strings.Index(doc, "</ds:Reference>")+len("</ds:Reference>")
	for name, bad := range map[string]string{
		"two references": doc[:to] + doc[from:to] + doc[to:],
		"no reference":   doc[:from] + doc[to:],
		"a transform":    strings.Replace(doc, `http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms>`, `http://www.w3.org/TR/1999/REC-xslt-19991116"/></ds:Transforms>`, 1),
		"another id":     strings.Replace(doc, `URI="#_a1"`, `URI="#_b"`, 1),
	} {
		require.NotEqual(t, doc, bad, name)
		r, err := aggregate.Scan(strings.NewReader(bad), aggregate.Options{Now: fixtures.Clock()})
		require.NoError(t, err, name)
		assert.NotEmpty(t, r.Signature.Problem, name)
		assert.Equal(t, 1, r.Offences[aggregate.SignatureBroken].Count, name)
	}
}

// The vendors' own signed metadata verifies as it was downloaded.
func TestVendorsSignatures(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("SAMLCHECK_SAMPLES")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "samples")
	}
	verified := 0
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Base(filepath.Dir(p)) != "metadata" || filepath.Ext(p) != ".xml" {
			return err
		}
		f, err := os.Open(p)
		require.NoError(t, err)
		defer f.Close()
		r, err := aggregate.Scan(f, aggregate.Options{Source: p, Now: fixtures.Clock()})
		require.NoError(t, err, p)
		t.Logf("%s: signed %t %s", p, r.Signature.Present, r.Signature.Problem)
		if r.Signature.Present && r.Signature.Problem == "" {
			verified++
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("no vendor samples at %s", dir)
	}
	require.NoError(t, err)
	assert.GreaterOrEqual(t, verified, 2)
}
