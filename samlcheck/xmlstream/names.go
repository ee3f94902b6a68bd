package xmlstream

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// qname is one qualified name that was seen.
type qname struct {
	raw, prefix, local string
	bad                bool   // not a QName (Namespaces in XML, 4)
	uri                string // what prefix was bound to in the given generation
	generation         uint64
}

// table remembers names and URIs: documents use few of them, very often.
type table struct {
	names map[string]*qname
	uris  map[string]string
}

func (t *table) init() {
	t.names, t.uris = map[string]*qname{}, map[string]string{}
}

func (t *table) of(b []byte) *qname {
	if q, ok := t.names[string(b)]; ok {
		return q
	}
	q := &qname{raw: string(b)}
	q.local = q.raw
	if i := strings.IndexByte(q.raw, ':'); i >= 0 {
		q.prefix, q.local = q.raw[:i], q.raw[i+1:]
		q.bad = q.prefix == "" || strings.IndexByte(q.local, ':') >= 0 || nameLen([]byte(q.local)) != len(q.local) || q.local == ""
	}
	if len(t.names) < maxNames {
		t.names[q.raw] = q
	}
	return q
}

func (t *table) uri(b []byte) string {
	if u, ok := t.uris[string(b)]; ok {
		return u
	}
	u := string(b)
	if len(t.uris) < maxNames {
		t.uris[u] = u
	}
	return u
}

// scope is the namespace bindings in force, innermost last.
type scope struct {
	bound      []Namespace
	generation uint64 // another one whenever the bindings change
}

func (c *scope) init() {
	c.bound, c.generation = append(c.bound[:0], Namespace{"xml", XML}), 1
}

func (c *scope) len() int { return len(c.bound) }

func (c *scope) push(n Namespace) {
	c.bound = append(c.bound, n)
	c.generation++
}

func (c *scope) cut(to int) {
	if to != len(c.bound) {
		c.bound = c.bound[:to]
		c.generation++
	}
}

func (c *scope) find(prefix string) (string, bool) {
	for i := len(c.bound) - 1; i >= 0; i-- {
		if c.bound[i].Prefix == prefix {
			return c.bound[i].URI, true
		}
	}
	return "", prefix == ""
}

// lookup finds the namespace of an element's name. Between two changes of the
// bindings the answer is the same.
func (c *scope) lookup(q *qname) (string, bool) {
	if q.generation == c.generation {
		return q.uri, true
	}
	uri, ok := c.find(q.prefix)
	if ok {
		q.uri, q.generation = uri, c.generation
	}
	return uri, ok
}

var xmlDeclaration = regexp.MustCompile(`^[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:'1\.[0-9]+'|"1\.[0-9]+")` +
	`(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:'([A-Za-z][A-Za-z0-9._-]*)'|"([A-Za-z][A-Za-z0-9._-]*)"))?` +
	`(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:'(?:yes|no)'|"(?:yes|no)"))?[ \t\r\n]*$`)

// declaration checks the XML declaration.
func (s *Scanner) declaration(b []byte, at int) error {
	m := xmlDeclaration.FindSubmatch(b)
	if m == nil {
		return s.badAt(at, "the XML declaration is malformed")
	}
	switch named := string(bytes.ToLower(slices.Concat(m[1], m[2]))); named {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return nil
	default:
		if !s.converted {
			return s.badAt(at, "the encoding %q, which is not read: save the document as UTF-8", named)
		}
		return nil
	}
}
