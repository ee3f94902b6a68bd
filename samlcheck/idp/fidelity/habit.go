package fidelity

import (
	"strings"

	"github.com/beevik/etree"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/message"
)

// habit is how the writer of a message put it into bytes.
type habit struct {
	era       string
	loose     bool // declarations stand before the attributes
	canonical bool // only canonical forms can be compared
	indented  bool // white space between the elements
}

// habitOf tells eras and forms apart. Since about 2020 Okta writes attributes
// by the alphabet and declarations last; before, declarations came first, and
// some redundant ones were not there. What it encrypts is in a third form.
func habitOf(v vendor, root *etree.Element) habit {
	h := habit{indented: indented(root)}
	if v.face != "okta" {
		return h
	}
	switch old := declaredFirst(root); {
	case !old:
		h.era = "since about 2020"
	case root.Tag == "Response":
		h.era, h.canonical = "before about 2020", true
	default:
		h.era, h.loose = "the plaintext of an encrypted assertion, or before about 2020", true
	}
	for _, m := range message.Descendants(root, nsSignature, "SignatureMethod") {
		if alg, _ := message.Attr(m, "Algorithm"); strings.HasSuffix(alg, "#rsa-sha1") {
			h.era += ", SHA-1"
			break
		}
	}
	return h
}

func declaredFirst(e *etree.Element) bool {
	for n, a := range e.Attr {
		if n+1 < len(e.Attr) && declares(a) && !declares(e.Attr[n+1]) {
			return true
		}
	}
	return false
}

// indented says whether white space stands between elements.
func indented(e *etree.Element) bool {
	for _, c := range e.Child {
		if t, ok := c.(*etree.CharData); ok && len(e.ChildElements()) > 0 && strings.TrimSpace(t.Data) == "" && t.Data != "" {
			return true
		}
	}
	return false
}

func (h habit) differ(broken bool) *differ {
	return &differ{loose: h.loose, blank: h.indented && broken}
}

// run compares as the habit allows.
func (d *differ) run(theirs, ours *etree.Element, h habit) (*differ, error) {
	if h.canonical {
		var err error
		if theirs, err = canonical(theirs); err != nil {
			return d, err
		}
		if ours, err = canonical(ours); err != nil {
			return d, err
		}
	}
	d.compare(theirs, ours, "/"+theirs.FullTag())
	return d, nil
}

func canonical(e *etree.Element) (*etree.Element, error) {
	text, err := forge.Canonical(e, "")
	if err != nil {
		return nil, tooMuch(err)
	}
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(text); err != nil {
		return nil, tooMuch(err)
	}
	return doc.Root(), nil
}
