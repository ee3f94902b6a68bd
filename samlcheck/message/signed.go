package message

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/base64"
	"hash"

	"example.com/samepage/samlcheck/xmlstream"
)

// Signed lists the IDs of the elements of a document whose enveloped signature
// verifies with one of the certificates, without building a tree: one pass finds
// the signatures, a second one digests what they cover.
//
// It is for the usual shape alone: one Signature that is a child of what it signs,
// of SignedInfo, SignatureValue and KeyInfo, with one Reference to that element's
// own ID, which no other has; the enveloped transform and one canonicalisation. Of
// whatever is written otherwise nothing is said, good or bad: ask VerifyEnveloped.
// As there, only the certificates' keys count.
func Signed(raw []byte, certs []*x509.Certificate) []string {
	var out []string
	for _, s := range signedIn(raw, certs, false) {
		out = append(out, s.id)
	}
	return out
}

func signedIn(raw []byte, certs []*x509.Certificate, rootOnly bool) []*signature {
	if len(certs) == 0 || len(raw) > 0 && raw[0] != '<' {
		return nil // white space and marks before the document are not read alike by all
	}
	f := &finder{}
	if !f.find(raw) {
		return nil
	}
	found := f.usable(rootOnly)
	if len(found) == 0 || !cover(raw, found) {
		return nil
	}
	var good []*signature
	for _, s := range found {
		want, err := base64Of(s.digest)
		if err != nil || !bytes.Equal(s.sum.Sum(nil), want) {
			continue
		}
		value, err := base64Of(s.value)
		if err == nil && verifyBytes(s.info.Bytes(), value, s.method, certs) == nil {
			good = append(good, s)
		}
	}
	return good
}

// base64Of reads an xs:base64Binary, in which white space may stand (XML Schema 2,
// 3.2.16).
func base64Of(text []byte) ([]byte, error) {
	return base64.StdEncoding.AppendDecode(nil, bytes.Join(bytes.Fields(text), nil))
}

// cover is the second pass: it digests what each signature covers, and writes its
// SignedInfo, both in canonical form.
func cover(raw []byte, found []*signature) bool {
	s := xmlstream.New(bytes.NewReader(raw))
	c := &coverer{found: found}
	for {
		t, err := s.Next()
		if err != nil {
			return false
		}
		if t.Kind == xmlstream.EOF {
			return c.close()
		}
		c.add(t, s.Depth())
	}
}

type coverer struct {
	found []*signature
	n     int // elements so far
	scope []xmlstream.Namespace
	outer []int // length of scope around each open element
}

func (c *coverer) add(t *xmlstream.Token, depth int) {
	if t.Kind == xmlstream.Start {
		for _, s := range c.found {
			switch c.n {
			case s.of:
				s.sum = s.hash.New()
				s.body, s.depth = xmlstream.NewCanonical(s.sum, s.transform, c.scope...), depth
			case s.at:
				s.skipping = true
			case s.infoAt:
				s.signed = xmlstream.NewCanonical(&s.info, s.form, c.scope...)
			}
		}
		c.n++
		c.outer = append(c.outer, len(c.scope))
		c.scope = append(c.scope, t.Spaces...)
	}
	for _, s := range c.found {
		s.take(t, depth)
	}
	if t.Kind == xmlstream.End {
		c.scope = c.scope[:c.outer[depth]]
		c.outer = c.outer[:depth]
	}
}

// take is told the depth after the token.
func (s *signature) take(t *xmlstream.Token, depth int) {
	end := t.Kind == xmlstream.End
	if s.signed != nil && !s.infoDone {
		s.signed.Add(t)
		s.infoDone = end && depth == s.depth+1
	}
	if s.body == nil || s.done {
		return
	}
	if !s.skipping {
		s.body.Add(t)
	}
	if end && depth == s.depth {
		s.skipping = false // its own Signature, or another child, is over
	}
	s.done = end && depth == s.depth-1
}

func (c *coverer) close() bool {
	for _, s := range c.found {
		if !s.done || !s.infoDone || s.body.Close() != nil || s.signed.Close() != nil {
			return false
		}
	}
	return true
}

// signature is what was found of one.
type signature struct {
	of, at, infoAt int // which elements of the document: what is signed, Signature, SignedInfo
	root           bool
	id, uri        string
	method, hashed string
	hash           crypto.Hash
	form           xmlstream.Form // of SignedInfo
	transform      xmlstream.Form
	enveloped      bool
	digest, value  []byte
	count          [states]int
	xmlAttrs       bool // xml:lang or the like on what is signed or on Signature

	sum            hash.Hash
	info           bytes.Buffer
	body, signed   *xmlstream.Canonical
	depth          int
	skipping       bool
	done, infoDone bool
}
