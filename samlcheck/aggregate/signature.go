package aggregate

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	_ "crypto/sha1" //nolint:gosec // old aggregates are signed with it, which is said
	"crypto/sha256"
	_ "crypto/sha512" // crypto.SHA384 and SHA512
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"math/big"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/xmlstream"
)

// signing verifies the enveloped signature over the root in the pass that reads
// the document. The schema puts the Signature first, so that what must be
// digested in its way is known nearly from the beginning: only the root's start
// tag and white space come before it, and they are kept.
type signing struct {
	root    xmlstream.Token // a copy of the start tag
	id      string
	before  []xmlstream.Token // between the root's start tag and its first child
	first   bool              // the first child has come
	inside  bool              // the Signature is being read
	capture bytes.Buffer
	copier  *xmlstream.Canonical
	line    int
	sig     parts
	digest  hash.Hash
	body    *xmlstream.Canonical
	closed  bool // the root's end tag was digested
	problem string
}

// parts is what a Signature says.
type parts struct {
	form                      xmlstream.Form // of SignedInfo
	transform                 xmlstream.Form // of the document
	method, digestMethod, uri string
	digest, value             []byte
	certificates              []*x509.Certificate
	signedInfo                []byte // canonical
	references, transforms    int
	enveloped                 bool
	problem                   string
}

func newSigning(t *xmlstream.Token) *signing {
	g := &signing{id: string(t.Attr("ID"))}
	g.root = xmlstream.Token{Kind: t.Kind, Name: t.Name, Spaces: slices.Clone(t.Spaces)}
	for _, a := range t.Attrs {
		g.root.Attrs = append(g.root.Attrs, xmlstream.Attr{Name: a.Name, Value: bytes.Clone(a.Value)})
	}
	return g
}

// add takes every token; depth is that of the scanner after it.
func (g *signing) add(t *xmlstream.Token, depth int) {
	switch {
	case g.inside:
		g.copier.Add(t)
		if t.Kind == xmlstream.End && depth == 1 {
			g.inside = false
			g.open()
		}
	case g.body != nil && !g.closed:
		g.body.Add(t)
		g.closed = t.Kind == xmlstream.End && depth == 0
	case g.first:
	case t.Kind != xmlstream.Start:
		g.before = append(g.before, xmlstream.Token{Kind: t.Kind, Name: t.Name, Data: bytes.Clone(t.Data)})
	case depth == 2:
		g.first = true
		if t.Space == nsSignature && t.Local == "Signature" {
			g.inside = true
			g.copier = xmlstream.NewCanonical(&g.capture, xmlstream.Form{}, g.root.Spaces...)
			g.copier.Add(t)
		}
	}
}

// open begins to digest, now that it is known how.
func (g *signing) open() {
	if err := g.copier.Close(); err != nil {
		g.problem = err.Error()
		return
	}
	g.sig = read(g.capture.Bytes())
	h := hashBy(g.sig.digestMethod)
	switch {
	case g.sig.problem != "":
		g.problem = g.sig.problem
	case g.sig.references != 1:
		g.problem = "it must have exactly one Reference"
	case !g.sig.enveloped || g.sig.transforms > 2:
		g.problem = "its transforms are not the enveloped signature and a canonicalisation"
	case g.sig.uri != "" && g.sig.uri != "#"+g.id:
		g.problem = "its Reference is to " + g.sig.uri + ", not to the root"
	case h == 0:
		g.problem = "its DigestMethod " + g.sig.digestMethod + " is not known"
	}
	if g.problem != "" {
		return
	}
	g.digest = h.New()
	g.body = xmlstream.NewCanonical(g.digest, g.sig.transform)
	g.body.Add(&g.root)
	for i := range g.before {
		g.body.Add(&g.before[i])
	}
}

// result is what became of it, at the end of the document.
func (g *signing) result(o Options, elsewhere bool) Signature {
	out := Signature{Present: g.copier != nil, Elsewhere: elsewhere}
	if !out.Present {
		return out
	}
	out.Line, out.Method, out.Digest, out.Problem = max(g.line, 1), g.sig.method, g.sig.digestMethod, g.problem
	out.Weak = weakMethods(g.sig.method, g.sig.digestMethod)
	if out.Problem != "" {
		return out
	}
	if err := g.body.Close(); err != nil {
		out.Problem = err.Error()
		return out
	}
	if !bytes.Equal(g.digest.Sum(nil), g.sig.digest) {
		out.Problem = "the document was changed after it was signed (the digest differs)"
		return out
	}
	for i, c := range append(slices.Clone(o.Trust), g.sig.certificates...) {
		if verifies(c, g.sig) {
			sum := sha256.Sum256(c.Raw)
			out.Key, out.Trusted = hex.EncodeToString(sum[:]), i < len(o.Trust)
			break
		}
	}
	switch {
	case out.Key == "" && len(o.Trust)+len(g.sig.certificates) == 0:
		out.Problem = "it comes without a certificate, and none was given to verify it with"
	case out.Key == "":
		out.Problem = "no certificate verifies its SignatureValue"
	case !out.Trusted && len(o.Trust) > 0:
		out.Problem = "it was signed with another key than the one that was given"
	}
	return out
}

func weakMethods(ms ...string) string {
	for _, m := range ms {
		if strings.HasSuffix(m, "sha1") || strings.HasSuffix(m, "md5") {
			return m
		}
	}
	return ""
}

const (
	moreSig = "http://www.w3.org/2001/04/xmldsig-more#"
	enc     = "http://www.w3.org/2001/04/xmlenc#"
)

func hashBy(uri string) crypto.Hash {
	switch uri {
	case nsSignature + "sha1", nsSignature + "rsa-sha1", moreSig + "ecdsa-sha1":
		return crypto.SHA1
	case enc + "sha256", moreSig + "rsa-sha256", moreSig + "ecdsa-sha256":
		return crypto.SHA256
	case moreSig + "sha384", moreSig + "rsa-sha384", moreSig + "ecdsa-sha384":
		return crypto.SHA384
	case enc + "sha512", moreSig + "rsa-sha512", moreSig + "ecdsa-sha512":
		return crypto.SHA512
	}
	return 0
}

func verifies(c *x509.Certificate, p parts) bool {
	h := hashBy(p.method)
	if h == 0 {
		return false
	}
	sum := h.New()
	sum.Write(p.signedInfo)
	switch k := c.PublicKey.(type) {
	case *rsa.PublicKey:
		return strings.Contains(p.method, "#rsa-") && rsa.VerifyPKCS1v15(k, h, sum.Sum(nil), p.value) == nil
	case *ecdsa.PublicKey:
		n := len(p.value) / 2
		if !strings.Contains(p.method, "#ecdsa-") || n == 0 {
			return false
		}
		der, err := asn1.Marshal(struct{ R, S *big.Int }{new(big.Int).SetBytes(p.value[:n]), new(big.Int).SetBytes(p.value[n:])})
		return err == nil && ecdsa.VerifyASN1(k, sum.Sum(nil), der)
	}
	return false
}

// form is the canonicalisation that a URI names.
func form(uri string) (xmlstream.Form, bool) {
	bare, comments := strings.CutSuffix(uri, "WithComments")
	switch strings.TrimSuffix(bare, "#") {
	case "http://www.w3.org/2001/10/xml-exc-c14n":
		return xmlstream.Form{Exclusive: true, Comments: comments}, true
	case "http://www.w3.org/TR/2001/REC-xml-c14n-20010315":
		return xmlstream.Form{Comments: comments}, true
	}
	return xmlstream.Form{}, false
}

func certificateIn(text []byte) *x509.Certificate { return metadata.ReadCertificate(string(text)).Cert }

func base64In(text []byte) []byte {
	b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(text)), ""))
	if err != nil {
		return nil // compares with nothing
	}
	return b
}
