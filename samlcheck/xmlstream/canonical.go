package xmlstream

import (
	"io"
	"slices"
	"strings"
)

// Form is one way of canonicalising.
type Form struct {
	Exclusive bool     // Exclusive XML Canonicalization 1.0; else Canonical XML 1.0
	Comments  bool     // with comments
	Prefixes  []string // of InclusiveNamespaces, exclusive only; "#default" for the default namespace
}

// A Canonical writes one element, fed token by token, in its canonical form
// (https://www.w3.org/TR/xml-exc-c14n/, https://www.w3.org/TR/xml-c14n). Errors of the
// writer come out of Close. What an element takes over from its ancestors
// (xml:lang and the like, in Canonical XML 1.0) is the caller's business: the
// document's root has no ancestors.
type Canonical struct {
	form   Form
	w      io.Writer
	buf    []byte
	err    error
	levels []level
	scope  []Namespace // in force at the input
	shown  []Namespace // rendered by the output's ancestors
	order  []int
}

type level struct {
	scope, shown int
	raw          string
}

// NewCanonical returns a canonicaliser that writes to w. outer is what is
// declared around the first element.
func NewCanonical(w io.Writer, f Form, outer ...Namespace) *Canonical {
	return &Canonical{form: f, w: w, buf: make([]byte, 0, firstCanonical), scope: slices.Clone(outer)}
}

// Most of what is canonicalised is small: a SignedInfo, a request.
const (
	firstCanonical = 1 << 10
	flushAt        = 4 << 10
)

// Add takes the next token.
func (c *Canonical) Add(t *Token) {
	switch t.Kind {
	case Start:
		c.start(t)
	case End:
		l := c.levels[len(c.levels)-1]
		c.levels = c.levels[:len(c.levels)-1]
		c.scope, c.shown = c.scope[:l.scope], c.shown[:l.shown]
		c.buf = append(append(append(c.buf, "</"...), l.raw...), '>')
	case Text:
		if len(c.levels) > 0 {
			c.text(t.Data)
		}
	case Comment:
		if c.form.Comments && len(c.levels) > 0 {
			c.buf = append(append(append(c.buf, "<!--"...), t.Data...), "-->"...)
		}
	case ProcInst:
		if len(c.levels) > 0 {
			c.buf = append(append(c.buf, "<?"...), t.Local...)
			if len(t.Data) > 0 {
				c.buf = append(append(c.buf, ' '), t.Data...)
			}
			c.buf = append(c.buf, "?>"...)
		}
	case EOF:
	}
	if len(c.buf) > flushAt {
		c.flush()
	}
}

// Close writes what is left.
func (c *Canonical) Close() error {
	c.flush()
	return c.err
}

func (c *Canonical) flush() {
	if c.err == nil && len(c.buf) > 0 {
		_, c.err = c.w.Write(c.buf)
	}
	c.buf = c.buf[:0]
}

func (c *Canonical) start(t *Token) {
	raw := t.Local
	if t.Prefix != "" {
		raw = t.Prefix + ":" + t.Local
	}
	c.levels = append(c.levels, level{len(c.scope), len(c.shown), raw})
	c.scope = append(c.scope, t.Spaces...)
	c.buf = append(append(c.buf, '<'), raw...)
	c.namespaces(t)
	c.attributes(t)
	c.buf = append(c.buf, '>')
}

// namespaces renders the declarations that this element needs and its output
// ancestors have not rendered, sorted by prefix.
func (c *Canonical) namespaces(t *Token) {
	from := len(c.shown)
	if c.form.Exclusive {
		c.show(t.Prefix, from)
		for i := range t.Attrs {
			if p := t.Attrs[i].Prefix; p != "" {
				c.show(p, from)
			}
		}
		for _, p := range c.form.Prefixes {
			if p == "#default" {
				p = ""
			}
			if _, ok := find(c.scope, p); ok || p == "" {
				c.show(p, from)
			}
		}
	} else {
		first := c.levels[len(c.levels)-1].scope
		if len(c.levels) == 1 {
			first = 0
		}
		for _, d := range c.scope[first:] {
			c.show(d.Prefix, from)
		}
	}
	slices.SortFunc(c.shown[from:], func(a, b Namespace) int { return strings.Compare(a.Prefix, b.Prefix) })
	for _, d := range c.shown[from:] {
		c.buf = append(c.buf, " xmlns"...)
		if d.Prefix != "" {
			c.buf = append(append(c.buf, ':'), d.Prefix...)
		}
		c.buf = append(c.buf, `="`...)
		c.value([]byte(d.URI))
		c.buf = append(c.buf, '"')
	}
}

// show renders a prefix unless an output ancestor, or this element, has it.
func (c *Canonical) show(prefix string, from int) {
	if prefix == "xml" {
		return
	}
	uri, _ := find(c.scope, prefix)
	have, shown := find(c.shown, prefix)
	if shown && have == uri || !shown && prefix == "" && uri == "" {
		return
	}
	for i := from; i < len(c.shown); i++ {
		if c.shown[i].Prefix == prefix {
			return
		}
	}
	c.shown = append(c.shown, Namespace{prefix, uri})
}

func find(in []Namespace, prefix string) (string, bool) {
	for i := len(in) - 1; i >= 0; i-- {
		if in[i].Prefix == prefix {
			return in[i].URI, true
		}
	}
	return "", false
}

// attributes renders the attributes, sorted by namespace and local name.
func (c *Canonical) attributes(t *Token) {
	c.order = c.order[:0]
	for i := range t.Attrs {
		c.order = append(c.order, i)
	}
	if len(c.order) > 1 {
		slices.SortFunc(c.order, func(i, j int) int {
			a, b := &t.Attrs[i], &t.Attrs[j]
			if d := strings.Compare(a.Space, b.Space); d != 0 {
				return d
			}
			return strings.Compare(a.Local, b.Local)
		})
	}
	for _, i := range c.order {
		a := &t.Attrs[i]
		c.buf = append(c.buf, ' ')
		if a.Prefix != "" {
			c.buf = append(append(c.buf, a.Prefix...), ':')
		}
		c.buf = append(append(c.buf, a.Local...), `="`...)
		c.value(a.Value)
		c.buf = append(c.buf, '"')
	}
}

// What canonical XML writes for a byte of text, and of an attribute's value.
var (
	inText  = [256]string{'&': "&amp;", '<': "&lt;", '>': "&gt;", '\r': "&#xD;"}
	inValue = [256]string{'&': "&amp;", '<': "&lt;", '"': "&quot;", '\t': "&#x9;", '\n': "&#xA;", '\r': "&#xD;"}
)

func (c *Canonical) text(b []byte)  { c.escaped(b, &inText) }
func (c *Canonical) value(b []byte) { c.escaped(b, &inValue) }

func (c *Canonical) escaped(b []byte, as *[256]string) {
	from := 0
	for i, x := range b {
		if with := as[x]; with != "" {
			c.buf = append(append(c.buf, b[from:i]...), with...)
			from = i + 1
		}
	}
	c.buf = append(c.buf, b[from:]...)
}
