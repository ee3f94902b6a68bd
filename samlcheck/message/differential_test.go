package message_test

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"
	"github.com/russellhaering/goxmldsig/etreeutils"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"example.com/samepage/fixtures"
	"example.com/samepage/samlcheck/checks"
	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
	"example.com/samepage/samlcheck/message"
	"example.com/samepage/samlcheck/trial"
	"example.com/samepage/samlcheck/xmlstream"
)

// byTree lists the IDs of the elements that the tree verifier finds signed, each
// taken out of its document as forge.Verify does it.
func byTree(t require.TestingT, raw []byte, certs []*x509.Certificate) []string {
	tree, err := message.ParseTree(raw)
	if err != nil {
		return nil
	}
	var out []string
	ids := map[string]int{}
	var walk func(e *etree.Element)
	walk = func(e *etree.Element) {
		id := e.SelectAttrValue("ID", "")
		ids[id]++
		if len(message.Children(e, message.NSSignature, "Signature")) == 1 && alone(t, e, certs) == nil {
			out = append(out, id)
		}
		for _, c := range e.ChildElements() {
			walk(c)
		}
	}
	walk(tree.Root)
	return slices.DeleteFunc(out, func(id string) bool { return id == "" || ids[id] != 1 })
}

func alone(t require.TestingT, e *etree.Element, certs []*x509.Certificate) error {
	ctx, err := etreeutils.NSBuildParentContext(e)
	if err != nil {
		return err
	}
	out, err := etreeutils.NSDetatch(ctx, e)
	if err != nil {
		return err
	}
	doc := etree.NewDocument()
	doc.SetRoot(out)
	doc.WriteSettings = etree.WriteSettings{CanonicalText: true, CanonicalAttrVal: true}
	raw, err := doc.WriteToBytes()
	require.NoError(t, err)
	return message.VerifyTree(raw, certs)
}

// inside are the certificates of a document's own KeyInfo.
func inside(raw []byte) []*x509.Certificate {
	doc := etree.NewDocument()
	if doc.ReadFromBytes(raw) != nil || doc.Root() == nil {
		return nil
	}
	var out []*x509.Certificate
	for _, e := range message.Descendants(doc.Root(), message.NSSignature, "X509Certificate") {
		der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(message.Text(e)), ""))
		if c, err2 := x509.ParseCertificate(der); err == nil && err2 == nil {
			out = append(out, c)
		}
	}
	return out
}

// plain is the same document without what the tree verifier reads wrongly: line
// ends in attributes (XML 1.0, 3.3.3) and white space in the SignatureValue.
func plain(raw []byte) []byte {
	var b bytes.Buffer
	c, s := xmlstream.NewCanonical(&b, xmlstream.Form{}), xmlstream.New(bytes.NewReader(raw))
	for {
		tok, err := s.Next()
		switch {
		case err != nil:
			return nil
		case tok.Kind == xmlstream.EOF:
			if c.Close() != nil {
				return nil
			}
			value := regexp.MustCompile(`(<(ds:)?SignatureValue[^>]*>)[^<]*`)
			return value.ReplaceAllFunc(b.Bytes(), func(m []byte) []byte {
				tag, text, _ := bytes.Cut(m, []byte(">"))
				return slices.Concat(tag, []byte(">"), bytes.Join(bytes.Fields(text), nil))
			})
		}
		c.Add(tok)
	}
}

// agree compares the two verifiers on one document. What the quick one finds, the
// tree must find: as it stands, or at least when it is plain.
func agree(t require.TestingT, name string, raw []byte, certs []*x509.Certificate) (quick, tree []string) {
	quick, tree = message.Signed(raw, certs), byTree(t, raw, certs)
	for _, id := range quick {
		if !slices.Contains(tree, id) {
			require.Contains(t, byTree(t, plain(raw), certs), id, "%s: verified without a tree, and not as a tree", name)
		}
	}
	if message.SignedRoot(raw, certs) && message.VerifyTree(raw, certs) != nil {
		require.NoError(t, message.VerifyTree(plain(raw), certs), name)
	}
	return quick, tree
}

func TestQuickIsTheTreeOnDocuments(t *testing.T) {
	t.Parallel()
	docs := map[string][]byte{}
	add := func(fsys fs.FS, at string) error {
		return fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(p, ".xml") {
				return err
			}
			docs[at+p], err = fs.ReadFile(fsys, p)
			return err
		})
	}
	require.NoError(t, add(fixtures.FS, "fixtures/"))
	samples := os.Getenv("SAMLCHECK_SAMPLES")
	if samples == "" {
		samples = filepath.Join("..", "..", "..", "shared", "samples")
	}
	if err := add(os.DirFS(samples), "samples/"); errors.Is(err, fs.ErrNotExist) {
		t.Logf("no vendor samples at %s", samples)
	} else {
		require.NoError(t, err)
	}
	both, one := 0, 0
	for name, raw := range docs {
		quick, tree := agree(t, name, raw, inside(raw))
		both += len(quick)
		if one += len(tree) - len(quick); len(tree) != len(quick) {
			t.Logf("%s: only as a tree: %v, of %v", name, tree, quick)
		}
	}
	t.Logf("%d documents: %d signatures verified both ways, %d only as a tree", len(docs), both, one)
	assert.Positive(t, both)
}

// catalogue is every mutation that some check sends.
func catalogue() []forge.Mutation {
	seen := map[string]bool{"": true}
	var out []forge.Mutation
	for _, c := range checks.All() {
		for _, tr := range c.Trials {
			for _, s := range tr.Steps {
				l, ok := s.Do.(trial.Login)
				if !ok {
					continue
				}
				for _, m := range l.Forge {
					if !seen[m.Name] {
						seen[m.Name] = true
						out = append(out, m)
					}
				}
			}
		}
	}
	return out
}

func TestQuickIsTheTreeOnForgeries(t *testing.T) {
	t.Parallel()
	all := catalogue()
	require.Greater(t, len(all), 60)
	both, one, none := 0, 0, 0
	for name, p := range map[string]idp.Profile{"okta": okta.New(okta.Config{}), "entra": entra.New(entra.Config{})} {
		i, err := idp.New(p, idp.Options{})
		require.NoError(t, err)
		cert, err := x509.ParseCertificate(i.Certificate())
		require.NoError(t, err)
		who := idp.Person{Email: "a@corp.example", GivenName: "A<&>", Groups: []string{"staff", "editors"}}
		victim := idp.Person{Email: "v@corp.example", GivenName: "V", Groups: []string{"staff"}}
		shapes := []string{"both", "response", "assertion"}
		if testing.Short() {
			shapes = shapes[:1]
		}
		for _, sign := range shapes {
			for _, m := range append(all, forge.Mutation{}) {
				r := idp.Reply{Person: who, Carry: &victim, Rich: true, Signing: idp.SignedAs(sign), SP: idp.SP{EntityID: "https://sp.example", ACS: []string{"https://sp.example/acs"}}}
				if m.Name != "" {
					r.Forge = []forge.Mutation{m}
				}
				sent, err := i.Mint(r, "_r", "https://sp.example/acs", nil)
				if err != nil {
					continue // there is nothing of the kind in this message
				}
				quick, tree := agree(t, name+"/"+sign+"/"+m.Name, []byte(sent.XML), []*x509.Certificate{cert})
				both += len(quick)
				switch one += len(tree) - len(quick); {
				case len(tree) == 0:
					none++
				case len(tree) != len(quick):
					t.Logf("%s/%s/%s: only as a tree: %v, of %v", name, sign, m.Name, tree, quick)
				}
			}
		}
	}
	t.Logf("%d signatures verified both ways, %d only as a tree, %d messages without any", both, one, none)
	assert.Greater(t, both, 300)
	assert.Greater(t, none, 15)
}

// signedSample is a request with traits that canonicalisers stumble over.
const signedSample = `<p:LogoutRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:unused="urn:u" ID="_1" Version="2.0" b="2" a="&lt;1&#10;&quot;">` +
	`<Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">https://sp.example<!-- c --></Issuer><?pi data?>` +
	`<x:y xmlns:x="urn:x" x:b="1" a='"'><![CDATA[<&>]]>&amp;é <z xmlns="urn:z"><w xmlns=""/></z></x:y></p:LogoutRequest>`

type keyed struct {
	key  crypto.Signer
	cert *x509.Certificate
}

func sign(t testing.TB, k keyed, doc string, c dsig.Canonicalizer) []byte {
	t.Helper()
	ctx, err := dsig.NewSigningContext(k.key, [][]byte{k.cert.Raw})
	require.NoError(t, err)
	ctx.Canonicalizer = c
	tree := etree.NewDocument()
	require.NoError(t, tree.ReadFromString(doc))
	signed, err := ctx.SignEnveloped(tree.Root())
	require.NoError(t, err)
	tree.SetRoot(signed)
	tree.WriteSettings = etree.WriteSettings{CanonicalText: true, CanonicalAttrVal: true}
	raw, err := tree.WriteToBytes()
	require.NoError(t, err)
	return raw
}

// Whatever is done to a signed message, byte by byte, both say the same.
func TestQuickIsTheTreeWhenSpoilt(t *testing.T) {
	t.Parallel()
	k := mustRSA(t)
	own := keyed{k, selfSigned(t, k)}
	certs := []*x509.Certificate{own.cert}
	for name, c := range map[string]dsig.Canonicalizer{
		"exclusive": dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList(""),
		"inclusive": dsig.MakeC14N10RecCanonicalizer(),
	} {
		raw := sign(t, own, signedSample, c)
		quick, tree := agree(t, name, raw, certs)
		assert.Equal(t, []string{"_1"}, quick, name)
		assert.Equal(t, quick, tree, name)
		r := mathrand.New(mathrand.NewPCG(1, 2))
		still := 0
		for range 1500 {
			spoilt := spoil(r, raw)
			quick, _ := agree(t, fmt.Sprintf("%s: %s", name, change(raw, spoilt)), spoilt, certs)
			still += len(quick)
		}
		t.Logf("%s: %d of 1500 verify all the same", name, still)
		assert.Positive(t, still, "some changes do not matter: in KeyInfo, between attributes")
	}
}

// change is where two texts differ.
func change(a, b []byte) string {
	from := 0
	for from < min(len(a), len(b)) && a[from] == b[from] {
		from++
	}
	to := 0
	for to < min(len(a), len(b))-from && a[len(a)-1-to] == b[len(b)-1-to] {
		to++
	}
	return fmt.Sprintf("behind %q: %q, not %q", a[max(0, from-40):from], b[from:len(b)-to], a[from:len(a)-to])
}

func spoil(r *mathrand.Rand, raw []byte) []byte {
	out := bytes.Clone(raw)
	for range 1 + r.IntN(2) {
		at := r.IntN(len(out))
		switch r.IntN(5) {
		case 0:
			out[at] ^= 1 << r.IntN(8)
		case 1:
			out = slices.Delete(out, at, min(len(out), at+1+r.IntN(8)))
		case 2:
			out = slices.Insert(out, at, []byte([]string{" ", "\n", "<!---->", "&#32;", "<a/>", "\t", `xmlns:q="u" `}[r.IntN(7)])...)
		case 3: // a piece twice
			out = slices.Insert(out, at, out[at:min(len(out), at+r.IntN(200))]...)
		case 4: // a piece elsewhere
			piece := bytes.Clone(out[at:min(len(out), at+r.IntN(60))])
			to := r.IntN(len(out))
			out = slices.Insert(out, to, piece...)
		}
	}
	return out
}

// Random trees, signed by the faces' signer.
func TestQuickIsTheTreeOnAnyTree(t *testing.T) {
	t.Parallel()
	k := mustRSA(t)
	cert := selfSigned(t, k)
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SampledFrom([]string{"a", "p:a", "q:b", "saml:Issuer", "c"})
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab<>&\"' \n\té]")))
		var grow func(e *etree.Element, depth int)
		grow = func(e *etree.Element, depth int) {
			for _, d := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"xmlns", "xmlns:p", "xmlns:q", "xmlns:unused"}), rapid.ID[string]).Draw(t, "spaces") {
				e.CreateAttr(d, rapid.SampledFrom([]string{"urn:1", "urn:2", "urn:<3>"}).Draw(t, "uri"))
			}
			// One at most: goxmldsig orders two by their local names, see below.
			prefixed := rapid.SampledFrom([]string{"p:x", "q:z", "xsi:type"}).Draw(t, "prefixed")
			for _, n := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"x", "y", prefixed}), rapid.ID[string]).Draw(t, "attributes") {
				e.CreateAttr(n, strings.ReplaceAll(text.Draw(t, "value"), "\n", ""))
			}
			for range rapid.IntRange(0, 3).Draw(t, "children") {
				switch kind := rapid.IntRange(0, 4).Draw(t, "kind"); {
				case kind < 2 && depth < 4:
					grow(e.CreateElement(names.Draw(t, "name")), depth+1)
				case kind == 2:
					e.CreateComment("c")
				case kind == 3:
					e.CreateProcInst("pi", "d")
				default:
					e.CreateText(text.Draw(t, "text"))
				}
			}
		}
		doc := etree.NewDocument()
		root := doc.CreateElement("p:Root")
		for prefix, uri := range map[string]string{"p": "urn:1", "q": "urn:2", "saml": message.NSAssertion, "xsi": "urn:xsi"} {
			root.CreateAttr("xmlns:"+prefix, uri)
		}
		inner := root.CreateElement("q:Inner")
		grow(inner, 0)
		grow(root, 0)
		root.CreateAttr("ID", "_r")
		inner.CreateAttr("ID", "_i")
		style := forge.Style{Prefix: rapid.SampledFrom([]string{"", "ds"}).Draw(t, "prefix"), SHA1: rapid.Bool().Draw(t, "sha1"), Wrap: 76}
		if rapid.Bool().Draw(t, "list") {
			style.Inclusive = "p xsi"
		}
		require.NoError(t, forge.Sign(inner, k, cert.Raw, style))
		require.NoError(t, forge.Sign(root, k, cert.Raw, style))
		doc.WriteSettings = etree.WriteSettings{CanonicalText: true, CanonicalAttrVal: true}
		raw, err := doc.WriteToBytes()
		require.NoError(t, err)
		quick, tree := message.Signed(raw, []*x509.Certificate{cert}), byTree(t, raw, []*x509.Certificate{cert})
		slices.Sort(quick)
		slices.Sort(tree)
		require.Equal(t, tree, quick, "%s", raw)
	})
}

func FuzzSigned(f *testing.F) {
	k := mustRSA(f)
	own := keyed{k, selfSigned(f, k)}
	raw := sign(f, own, signedSample, dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList(""))
	f.Add(uint64(1), uint64(2), "")
	f.Add(uint64(3), uint64(4), `<?xml version="1.0"?>`)
	f.Fuzz(func(t *testing.T, a, b uint64, before string) {
		r := mathrand.New(mathrand.NewPCG(a, b))
		spoilt := append([]byte(before), spoil(r, raw)...)
		agree(t, string(spoilt), spoilt, []*x509.Certificate{own.cert})
	})
}
