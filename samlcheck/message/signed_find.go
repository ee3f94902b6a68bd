package message

import (
	"bytes"
	"crypto"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/xmlstream"
)

// state is where inside a Signature the finder is.
type state uint8

const (
	elsewhere state = iota // where nothing usual stands
	inSignature
	inSignedInfo
	inCanonicalization
	inSignedInfoPrefixes
	inSignatureMethod
	inReference
	inTransforms
	inTransform
	inPrefixes
	inDigestMethod
	inDigestValue
	inSignatureValue
	inKeyInfo
	states
)

// below is the state of a child of an element in state s.
func (s state) below(t *xmlstream.Token) state {
	if s == inKeyInfo {
		return inKeyInfo // outside of what is signed
	}
	if t.Local == "InclusiveNamespaces" && t.Space == excC14N {
		switch s { //nolint:exhaustive // nowhere else
		case inCanonicalization:
			return inSignedInfoPrefixes
		case inTransform:
			return inPrefixes
		}
	}
	if t.Space != NSSignature {
		return elsewhere
	}
	for i := range usual {
		if usual[i].in == s && usual[i].child == t.Local {
			return usual[i].then
		}
	}
	return elsewhere
}

// usual is what stands in a Signature of the usual shape (XML Signature 4).
var usual = [...]struct {
	in    state
	child string
	then  state
}{
	{inSignature, "SignedInfo", inSignedInfo},
	{inSignature, "SignatureValue", inSignatureValue},
	{inSignature, "KeyInfo", inKeyInfo},
	{inSignedInfo, "CanonicalizationMethod", inCanonicalization},
	{inSignedInfo, "SignatureMethod", inSignatureMethod},
	{inSignedInfo, "Reference", inReference},
	{inReference, "Transforms", inTransforms},
	{inTransforms, "Transform", inTransform},
	{inReference, "DigestMethod", inDigestMethod},
	{inReference, "DigestValue", inDigestValue},
}

const excC14N = "http://www.w3.org/2001/10/xml-exc-c14n#"

// finder is the first pass.
type finder struct {
	n     int // elements so far
	open  []opened
	ids   []string // every ID in the document
	found []*signature
	now   *signature // the one that is being read
	began int        // its depth
	path  []state
}

type opened struct {
	n        int
	id       string
	odd      bool // has an ID in another namespace
	xmlAttrs bool
	signed   int // Signature children
}

// find reads the document; false when it is not to be read here.
func (f *finder) find(raw []byte) bool {
	s := xmlstream.New(bytes.NewReader(raw))
	for {
		t, err := s.Next()
		if err != nil || s.Depth() > maxDepth {
			return false
		}
		switch t.Kind {
		case xmlstream.EOF:
			_, _, asItStands := s.Span()
			return asItStands
		case xmlstream.Start:
			f.start(t)
		case xmlstream.Text:
			f.text(t)
		case xmlstream.End:
			f.open = f.open[:len(f.open)-1]
			if f.now != nil {
				f.path = f.path[:len(f.path)-1]
				if len(f.open) < f.began {
					f.now = nil
				}
			}
		case xmlstream.Comment, xmlstream.ProcInst:
		}
	}
}

func (f *finder) start(t *xmlstream.Token) {
	o := opened{n: f.n}
	for i := range t.Attrs {
		a := &t.Attrs[i]
		o.xmlAttrs = o.xmlAttrs || a.Space == xmlstream.XML
		if a.Local == "ID" {
			f.ids = append(f.ids, string(a.Value))
			if o.odd = o.odd || a.Space != ""; a.Space == "" {
				o.id = string(a.Value)
			}
		}
	}
	if f.now == nil && t.Local == "Signature" && t.Space == NSSignature && len(f.open) > 0 {
		f.begin(&o)
	} else if f.now != nil {
		f.inside(t)
	}
	f.open = append(f.open, o)
	f.n++
}

// begin notes a Signature. Of what has two, none counts.
func (f *finder) begin(o *opened) {
	of := &f.open[len(f.open)-1]
	of.signed++
	f.now = &signature{of: of.n, at: f.n, infoAt: -1, root: len(f.open) == 1, id: of.id, xmlAttrs: o.xmlAttrs || of.xmlAttrs}
	if of.odd || of.signed > 1 {
		f.now.count[elsewhere]++
	}
	if of.signed > 1 {
		for _, s := range f.found {
			if s.of == of.n {
				s.count[elsewhere]++
			}
		}
	}
	f.found = append(f.found, f.now)
	f.began, f.path = len(f.open)+1, append(f.path[:0], inSignature)
}

func (f *finder) inside(t *xmlstream.Token) {
	s := f.now
	in := f.path[len(f.path)-1].below(t)
	f.path = append(f.path, in)
	s.count[in]++
	algorithm := string(t.Attr("Algorithm"))
	switch in {
	case inSignedInfo:
		s.infoAt = f.n
	case inCanonicalization:
		s.formOf(&s.form, algorithm)
	case inSignatureMethod:
		s.method = algorithm
	case inReference:
		s.uri = string(t.Attr("URI"))
	case inTransform:
		if s.count[inTransform] == 1 {
			s.enveloped = algorithm == NSSignature+"enveloped-signature"
		} else {
			s.formOf(&s.transform, algorithm)
		}
	case inSignedInfoPrefixes:
		s.form.Prefixes = strings.Fields(string(t.Attr("PrefixList")))
	case inPrefixes:
		if s.count[inTransform] != 2 {
			s.count[elsewhere]++
		}
		s.transform.Prefixes = strings.Fields(string(t.Attr("PrefixList")))
	case inDigestMethod:
		s.hashed = algorithm
	case elsewhere, inSignature, inTransforms, inDigestValue, inSignatureValue, inKeyInfo, states:
	}
}

func (f *finder) text(t *xmlstream.Token) {
	if f.now == nil {
		return
	}
	switch f.path[len(f.path)-1] { //nolint:exhaustive // other text is not read
	case inDigestValue:
		f.now.digest = append(f.now.digest, t.Data...)
	case inSignatureValue:
		f.now.value = append(f.now.value, t.Data...)
	}
}

// formOf reads a canonicalisation. Those with comments are not for here: a
// Reference by ID is to a document without them (XML Signature 4.4.3.3).
func (s *signature) formOf(to *xmlstream.Form, algorithm string) {
	switch algorithm {
	case excC14N:
		to.Exclusive = true
	case "http://www.w3.org/TR/2001/REC-xml-c14n-20010315":
		// What the ancestors' xml:lang and the like add is not added here.
		if !s.root || s.xmlAttrs {
			s.count[elsewhere]++
		}
	default:
		s.count[elsewhere]++
	}
}

// usable are the signatures of the usual shape.
func (f *finder) usable(rootOnly bool) []*signature {
	var out []*signature
	for _, s := range f.found {
		s.hash = digestHash(s.hashed)
		if s.usual() && (s.root || !rootOnly) && f.times(s.id) == 1 {
			out = append(out, s)
		}
	}
	return out
}

func (s *signature) usual() bool {
	for _, in := range []state{inSignedInfo, inCanonicalization, inSignatureMethod, inReference, inTransforms, inDigestMethod, inDigestValue, inSignatureValue} {
		if s.count[in] != 1 {
			return false
		}
	}
	switch {
	case s.count[elsewhere] > 0 || s.count[inTransform] != 2 || s.count[inPrefixes] > 1 || s.count[inSignedInfoPrefixes] > 1:
		return false
	case s.method == "http://www.w3.org/2001/04/xmldsig-more#rsa-sha1": // nobody defined that
		return false
	}
	return s.enveloped && s.hash != 0 && s.id != "" && s.uri == "#"+s.id
}

func (f *finder) times(id string) int {
	n := 0
	for _, other := range f.ids {
		if other == id {
			n++
		}
	}
	return n
}

// digestHash is the hash of a digest algorithm's URI that VerifyEnveloped takes.
func digestHash(uri string) crypto.Hash {
	i := slices.Index([]string{
		"http://www.w3.org/2000/09/xmldsig#sha1", "http://www.w3.org/2001/04/xmlenc#sha256",
		"http://www.w3.org/2001/04/xmldsig-more#sha384", "http://www.w3.org/2001/04/xmlenc#sha512",
	}, uri)
	return []crypto.Hash{0, crypto.SHA1, crypto.SHA256, crypto.SHA384, crypto.SHA512}[i+1]
}
