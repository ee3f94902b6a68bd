package aggregate

import (
	"bytes"
	"strings"

	"example.com/samepage/samlcheck/xmlstream"
)

// read takes a Signature apart. It was written in the inclusive form, so that
// every namespace that was in scope is declared on it.
func read(raw []byte) parts {
	r := &reader{}
	if err := each(raw, r.take); err != nil {
		r.p.problem = "it cannot be read again: " + err.Error()
	}
	if r.p.problem == "" {
		r.p.signedInfo, r.p.problem = signedInfo(raw, r.p.form)
	}
	return r.p
}

func each(raw []byte, f func(t *xmlstream.Token, depth int)) error {
	s := xmlstream.New(bytes.NewReader(raw))
	for {
		t, err := s.Next()
		if err != nil {
			return err
		}
		if t.Kind == xmlstream.EOF {
			return nil
		}
		f(t, s.Depth())
	}
}

// signedInfo is the canonical SignedInfo: what SignatureValue signs.
func signedInfo(raw []byte, f xmlstream.Form) (out []byte, problem string) {
	var b bytes.Buffer
	var outer []xmlstream.Namespace
	var c *xmlstream.Canonical
	n := 0
	err := each(raw, func(t *xmlstream.Token, depth int) {
		if t.Kind == xmlstream.Start && depth == 1 {
			outer = append(outer, t.Spaces...)
		}
		if t.Kind == xmlstream.Start && depth == 2 && t.Space == nsSignature && t.Local == "SignedInfo" {
			n++
			c = xmlstream.NewCanonical(&b, f, outer...)
		}
		if c != nil {
			c.Add(t)
			if t.Kind == xmlstream.End && depth == 1 {
				err := c.Close()
				c = nil
				if err != nil {
					problem = err.Error()
				}
			}
		}
	})
	switch {
	case err != nil:
		return nil, err.Error()
	case n != 1:
		return nil, "it must have exactly one SignedInfo"
	}
	return b.Bytes(), problem
}

// reader is the state of read.
type reader struct {
	p         parts
	text      []byte
	transform bool // inside Transforms
}

func (r *reader) take(t *xmlstream.Token, _ int) {
	switch t.Kind {
	case xmlstream.Start:
		r.text = r.text[:0]
		r.start(t)
	case xmlstream.Text:
		r.text = append(r.text, t.Data...)
	case xmlstream.End:
		r.end(t)
	case xmlstream.EOF, xmlstream.Comment, xmlstream.ProcInst:
	}
}

func (r *reader) start(t *xmlstream.Token) {
	algorithm := string(t.Attr("Algorithm"))
	switch t.Local {
	case "InclusiveNamespaces":
		list := strings.Fields(string(t.Attr("PrefixList")))
		if r.transform {
			r.p.transform.Prefixes = list
		} else {
			r.p.form.Prefixes = list
		}
	case "CanonicalizationMethod":
		r.p.form = r.formOf(algorithm)
	case "SignatureMethod":
		r.p.method = algorithm
	case "DigestMethod":
		r.p.digestMethod = algorithm
	case "Reference":
		r.p.references++
		r.p.uri = string(t.Attr("URI"))
	case "Transforms":
		r.transform = true
	case "Transform":
		r.p.transforms++
		if algorithm == nsSignature+"enveloped-signature" {
			r.p.enveloped = true
		} else {
			r.p.transform = r.formOf(algorithm)
		}
	}
}

func (r *reader) formOf(algorithm string) xmlstream.Form {
	f, ok := form(algorithm)
	if !ok {
		r.p.problem = "the canonicalisation or transform " + algorithm + " is not read"
	}
	return f
}

func (r *reader) end(t *xmlstream.Token) {
	switch t.Local {
	case "Transforms":
		r.transform = false
	case "DigestValue":
		r.p.digest = base64In(r.text)
	case "SignatureValue":
		r.p.value = base64In(r.text)
	case "X509Certificate":
		if c := certificateIn(r.text); c != nil {
			r.p.certificates = append(r.p.certificates, c)
		}
	}
}
