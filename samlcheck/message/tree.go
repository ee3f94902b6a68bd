package message

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/beevik/etree"
)

// A Tree is a parsed XML document that remembers where each element began.
type Tree struct {
	Raw  []byte // the bytes that were parsed; lines count in these
	Root *etree.Element
	line map[*etree.Element]int
}

// A SyntaxError says where a text stops being acceptable XML.
type SyntaxError struct {
	Line, Column int // 1-based; the column counts bytes
	Problem      string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("message: line %d, column %d: %s", e.Line, e.Column, e.Problem)
}

// ErrDoctype is wrapped by the error for a document with a DOCTYPE: SAML has
// no use for one, and attackers have many.
var ErrDoctype = errors.New("message: the document has a DOCTYPE, which SAML never needs")

// ParseTree reads well-formed UTF-8 XML. Errors are a *SyntaxError, or wrap
// [ErrDoctype].
func ParseTree(raw []byte) (*Tree, error) {
	starts, err := scan(raw)
	if err != nil {
		return nil, err
	}
	doc := etree.NewDocument()
	if err := doc.ReadFromBytes(raw); err != nil {
		return nil, &SyntaxError{Line: 1, Column: 1, Problem: err.Error()}
	}
	if doc.Root() == nil || len(starts) == 0 {
		return nil, &SyntaxError{Line: 1, Column: 1, Problem: "there is no element"}
	}
	t := &Tree{Raw: raw, Root: doc.Root(), line: make(map[*etree.Element]int, len(starts))}
	n := 0
	for _, e := range doc.ChildElements() {
		n = t.number(e, starts, n)
	}
	return t, nil
}

// number gives e and its descendants the lines of the start tags, which the
// scanner and the tree meet in the same order. The names are compared, so that
// a difference between the two readers costs lines and never lies about them.
func (t *Tree) number(e *etree.Element, starts []start, n int) int {
	if n < len(starts) && starts[n].local == e.Tag {
		t.line[e] = starts[n].line
	}
	n++
	for _, c := range e.ChildElements() {
		n = t.number(c, starts, n)
	}
	return n
}

// Line returns the 1-based line on which e begins, 0 when e is nil or not of
// this tree.
func (t *Tree) Line(e *etree.Element) int { return t.line[e] }

type start struct {
	local string
	line  int
}

// scan checks that raw is well-formed and lists its start tags in order.
func scan(raw []byte) ([]start, error) {
	dec := xml.NewDecoder(bytes.NewReader(raw))
	dec.CharsetReader = utf8Only
	var starts []start
	for depth, roots := 0, 0; ; {
		line, col := dec.InputPos()
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) && depth == 0 {
			return starts, nil
		}
		if err != nil {
			return nil, syntax(dec, err)
		}
		switch t := tok.(type) {
		case xml.Directive:
			if strings.HasPrefix(strings.ToUpper(string(t)), "DOCTYPE") {
				return nil, fmt.Errorf("%w (line %d)", ErrDoctype, line)
			}
		case xml.StartElement:
			if depth == 0 {
				roots++
			}
			if depth++; depth > maxDepth {
				return nil, &SyntaxError{line, col, fmt.Sprintf("elements are nested more than %d deep", maxDepth)}
			}
			if roots > 1 {
				return nil, &SyntaxError{line, col, "there is a second root element"}
			}
			starts = append(starts, start{t.Name.Local, line})
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 0 && len(bytes.TrimSpace(t)) > 0 {
				return nil, &SyntaxError{line, col, "there is text outside the root element"}
			}
		}
	}
}

func syntax(dec *xml.Decoder, err error) error {
	line, col := dec.InputPos()
	problem := err.Error()
	var se *xml.SyntaxError
	if errors.As(err, &se) {
		problem = se.Msg
	}
	return &SyntaxError{Line: line, Column: col, Problem: problem}
}

// utf8Only lets pass what is UTF-8 under another label. Callers convert first.
func utf8Only(label string, in io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be", "iso-8859-1", "latin1", "windows-1252":
		return in, nil
	}
	return nil, fmt.Errorf("the encoding %q is not known here: save the document as UTF-8", label)
}

// Is reports whether e is the element ns:local.
func Is(e *etree.Element, ns, local string) bool {
	return e != nil && e.Tag == local && e.NamespaceURI() == ns
}

// Child returns the first child ns:local of e, or nil.
func Child(e *etree.Element, ns, local string) *etree.Element {
	if all := Children(e, ns, local); len(all) > 0 {
		return all[0]
	}
	return nil
}

// Children returns the children ns:local of e, in document order.
func Children(e *etree.Element, ns, local string) []*etree.Element {
	if e == nil {
		return nil
	}
	var out []*etree.Element
	for _, c := range e.ChildElements() {
		if Is(c, ns, local) {
			out = append(out, c)
		}
	}
	return out
}

// Descendants returns e and everything below it that is ns:local, in document order.
func Descendants(e *etree.Element, ns, local string) []*etree.Element {
	if e == nil {
		return nil
	}
	var out []*etree.Element
	if Is(e, ns, local) {
		out = append(out, e)
	}
	for _, c := range e.ChildElements() {
		out = append(out, Descendants(c, ns, local)...)
	}
	return out
}

// Text returns the character data of e without surrounding white space, "" for nil.
// Comments do not cut it short.
func Text(e *etree.Element) string {
	if e == nil {
		return ""
	}
	var b strings.Builder
	for _, c := range e.Child {
		if cd, ok := c.(*etree.CharData); ok {
			b.WriteString(cd.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// Attr returns the attribute without a namespace, and whether it is there.
// A foreign attribute of the same local name (x:ID) is another attribute.
func Attr(e *etree.Element, name string) (string, bool) {
	if e == nil {
		return "", false
	}
	for _, a := range e.Attr {
		if a.Space == "" && a.Key == name {
			return a.Value, true
		}
	}
	return "", false
}
