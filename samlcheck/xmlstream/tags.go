package xmlstream

import (
	"bytes"
	"unicode/utf8"
)

// startTag reads a start tag or an empty-element tag.
func (s *Scanner) startTag() error {
	size, err := s.tagEnd()
	if err != nil {
		return err
	}
	if s.state == epilog {
		return s.bad("a second root element")
	}
	tag := s.buf[s.pos+1 : s.pos+size-1]
	empty := len(tag) > 0 && tag[len(tag)-1] == '/'
	if empty {
		tag = tag[:len(tag)-1]
	}
	n := nameLen(tag)
	if n == 0 {
		return s.badAt(s.pos+1, "< begins no tag: write &lt; for the character itself")
	}
	q := s.names.of(tag[:n])
	if q.bad {
		return s.badAt(s.pos+1, "%q is no qualified name", q.raw)
	}
	if len(s.open) == MaxDepth {
		return s.bad("more than %d elements inside each other", MaxDepth)
	}
	before := s.scope.len()
	if err := s.attributes(tag[n:], s.pos+1+n); err != nil {
		return err
	}
	t := &s.tok
	if err := s.bind(); err != nil {
		return err
	}
	uri, ok := s.scope.lookup(q)
	if !ok {
		return s.badAt(s.pos+1, "the prefix of <%s> is not declared", q.raw)
	}
	t.Kind, t.Name = Start, Name{uri, q.prefix, q.local}
	s.open = append(s.open, element{q, uri, before})
	s.pos += size
	s.state, s.closing, s.started = content, empty, true
	return nil
}

// tagEnd is the length of the tag at pos, with its angle brackets.
func (s *Scanner) tagEnd() (int, error) {
	i := s.pos + 1
	for {
		for i < s.end {
			c := s.buf[i]
			if c == '>' {
				return i + 1 - s.pos, nil
			}
			i++
			if c != '"' && c != '\'' {
				continue
			}
			j := bytes.IndexByte(s.buf[i:s.end], c)
			for j < 0 {
				ahead, seen := i-s.pos, s.end-s.pos
				if !s.have(seen + 1) {
					return 0, s.cutOff("tag")
				}
				i = s.pos + ahead
				if k := bytes.IndexByte(s.buf[s.pos+seen:s.end], c); k >= 0 {
					j = seen + k - ahead
				}
			}
			i += j + 1
		}
		ahead := i - s.pos
		if !s.have(ahead + 1) {
			return 0, s.cutOff("tag")
		}
		i = s.pos + ahead
	}
}

func (s *Scanner) cutOff(what string) error {
	if s.failed != nil {
		return s.failed
	}
	return s.bad("the document ends inside a %s: it was cut off, or a quotation mark is missing", what)
}

// attributes reads what follows the name in a start tag. at is where b stands.
func (s *Scanner) attributes(b []byte, at int) error {
	i := 0
	for {
		white := i
		for i < len(b) && class[b[i]]&space != 0 {
			i++
		}
		if i == len(b) {
			return nil
		}
		n := nameLen(b[i:])
		switch {
		case n == 0:
			return s.badAt(at+i, "an attribute's name is expected here")
		case i == white:
			return s.badAt(at+i, "white space is missing before the attribute %q", b[i:i+n])
		}
		name := b[i : i+n]
		i += n
		value, next, err := s.quoted(b, i, at, name)
		if err != nil {
			return err
		}
		if err := s.attribute(name, value, at+i); err != nil {
			return err
		}
		i = next
	}
}

// quoted reads "= value" and returns the raw value and what follows it.
func (s *Scanner) quoted(b []byte, i, at int, name []byte) (value []byte, next int, err error) {
	skip := func() {
		for i < len(b) && class[b[i]]&space != 0 {
			i++
		}
	}
	skip()
	if i == len(b) || b[i] != '=' {
		return nil, 0, s.badAt(at+i, "= is missing after the attribute's name %q", name)
	}
	i++
	skip()
	if i == len(b) || b[i] != '"' && b[i] != '\'' {
		return nil, 0, s.badAt(at+i, "the value of %q is not in quotation marks", name)
	}
	end := bytes.IndexByte(b[i+1:], b[i])
	if end < 0 {
		return nil, 0, s.badAt(at+i, "the value of %q does not end", name)
	}
	return b[i+1 : i+1+end], i + 1 + end + 1, nil
}

// attribute keeps one attribute, or one namespace declaration.
func (s *Scanner) attribute(name, raw []byte, at int) error {
	value, err := s.value(raw, at)
	if err != nil {
		return err
	}
	q := s.names.of(name)
	if q.bad {
		return s.badAt(at, "%q is no qualified name", name)
	}
	t := &s.tok
	switch {
	case q.raw == "xmlns":
		return s.declare("", value, at)
	case q.prefix == "xmlns":
		return s.declare(q.local, value, at)
	}
	t.Attrs = append(t.Attrs, Attr{Name{"", q.prefix, q.local}, value})
	return nil
}

func (s *Scanner) declare(prefix string, value []byte, at int) error {
	uri := s.names.uri(value)
	switch {
	case prefix == "xmlns", uri == XMLNS, (prefix == "xml") != (uri == XML):
		return s.badAt(at, "the namespace declaration %q=%q, which Namespaces in XML forbids", prefix, uri)
	case prefix != "" && uri == "":
		return s.badAt(at, "the prefix %q is declared as no namespace", prefix)
	}
	for _, d := range s.tok.Spaces {
		if d.Prefix == prefix {
			return s.badAt(at, "the prefix %q is declared twice", prefix)
		}
	}
	s.tok.Spaces = append(s.tok.Spaces, Namespace{prefix, uri})
	return nil
}

// value normalises an attribute value (XML 1.0, 3.3.3). Most are given as they are.
func (s *Scanner) value(raw []byte, at int) ([]byte, error) {
	i := 0
	for i < len(raw) && class[raw[i]]&stopValue == 0 {
		i++
	}
	if i == len(raw) {
		return raw, nil
	}
	from := len(s.scratch)
	s.scratch = append(s.scratch, raw[:i]...)
	for i < len(raw) {
		n, err := s.valueByte(raw, i, at)
		if err != nil {
			return nil, err
		}
		i += n
	}
	return s.scratch[from:len(s.scratch):len(s.scratch)], nil
}

// valueByte adds what stands at raw[i] to scratch and says how long it was.
func (s *Scanner) valueByte(raw []byte, i, at int) (int, error) {
	switch c := raw[i]; {
	case class[c]&stopValue == 0, c == '"', c == '\'':
		s.scratch = append(s.scratch, c)
	case c == '<':
		return 0, s.badAt(at, "< in an attribute value: write &lt;")
	case c == '\r':
		s.scratch = append(s.scratch, ' ')
		if i+1 < len(raw) && raw[i+1] == '\n' {
			return 2, nil
		}
	case class[c]&space != 0:
		s.scratch = append(s.scratch, ' ')
	case c == '&':
		return s.valueReference(raw[i:], at)
	default:
		if c < utf8.RuneSelf {
			return 0, s.badAt(at, "the control character U+%04X, which XML does not allow", c)
		}
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n <= 1 || !legal(r) {
			return 0, s.badAt(at, "an attribute value that is not UTF-8, or a character that XML does not allow")
		}
		s.scratch = append(s.scratch, raw[i:i+n]...)
		return n, nil
	}
	return 1, nil
}

func (s *Scanner) valueReference(raw []byte, at int) (int, error) {
	semi := bytes.IndexByte(raw[:min(len(raw), longestReference)], ';')
	if semi < 0 {
		return 0, s.badAt(at, "& begins no reference: write &amp; for the character itself")
	}
	name := raw[1:semi]
	if len(name) > 0 && name[0] == '#' {
		r, ok := charRef(name[1:])
		if !ok {
			return 0, s.badAt(at, "&%s; is no character that XML allows", name)
		}
		s.scratch = utf8.AppendRune(s.scratch, r)
		return semi + 1, nil
	}
	c, ok := entity(name)
	if !ok {
		return 0, s.badAt(at, "the entity &%s; is not defined", name)
	}
	s.scratch = append(s.scratch, c)
	return semi + 1, nil
}

// bind puts the declarations in scope, resolves the attributes' prefixes and
// refuses what is there twice.
func (s *Scanner) bind() error {
	t := &s.tok
	for _, d := range t.Spaces {
		s.scope.push(d)
	}
	for i := range t.Attrs {
		a := &t.Attrs[i]
		if a.Prefix == "" {
			continue
		}
		uri, ok := s.scope.find(a.Prefix)
		if !ok {
			return s.bad("the prefix of the attribute %s:%s is not declared", a.Prefix, a.Local)
		}
		a.Space = uri
	}
	return s.twice()
}

const fewAttributes = 12 // up to so many are compared with each other

func (s *Scanner) twice() error {
	as := s.tok.Attrs
	if len(as) <= fewAttributes {
		for i := range as {
			for j := range i {
				if as[i].Local == as[j].Local && as[i].Space == as[j].Space {
					return s.bad("the attribute %q is there twice", as[i].Local)
				}
			}
		}
		return nil
	}
	seen := make(map[[2]string]struct{}, len(as))
	for i := range as {
		key := [2]string{as[i].Space, as[i].Local}
		if _, ok := seen[key]; ok {
			return s.bad("the attribute %q is there twice", as[i].Local)
		}
		seen[key] = struct{}{}
	}
	return nil
}

func (s *Scanner) endTag() error {
	size, err := s.tagEnd()
	if err != nil {
		return err
	}
	tag := s.buf[s.pos+2 : s.pos+size-1]
	if len(s.open) == 0 {
		return s.bad("an end tag without a start tag")
	}
	want := s.open[len(s.open)-1].name.raw
	if len(tag) < len(want) || string(tag[:len(want)]) != want || len(bytes.TrimLeft(tag[len(want):], " \t\r\n")) > 0 {
		return s.bad("</%.60s> where </%s> is expected", bytes.TrimRight(tag, " \t\r\n"), want)
	}
	s.pos += size
	return s.pop()
}

// pop closes the innermost element.
func (s *Scanner) pop() error {
	e := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	s.tok.Kind, s.tok.Name = End, Name{e.space, e.name.prefix, e.name.local}
	s.scope.cut(e.spaces)
	if len(s.open) == 0 {
		s.state = epilog
	}
	return nil
}

// procInst reads a processing instruction, or the XML declaration.
func (s *Scanner) procInst() error {
	body, err := s.until(len("<?"), "?>", "processing instruction")
	if err != nil {
		return err
	}
	at := s.pos + len("<?")
	n := nameLen(body)
	if n == 0 || bytes.IndexByte(body[:n], ':') >= 0 {
		return s.bad("<? begins no processing instruction")
	}
	rest := body[n:]
	if len(rest) > 0 && class[rest[0]]&space == 0 {
		return s.badAt(at+n, "white space is missing after the target of a processing instruction")
	}
	if bytes.EqualFold(body[:n], []byte("xml")) {
		if s.started || string(body[:n]) != "xml" {
			return s.bad("an XML declaration that is not at the very beginning")
		}
		if err := s.declaration(rest, at+n); err != nil {
			return err
		}
		s.pos += len(body) + len("<??>")
		s.started, s.mark = true, s.pos
		return s.next()
	}
	if err := s.allLegal(body, at); err != nil {
		return err
	}
	s.tok.Kind, s.tok.Name = ProcInst, Name{Local: string(body[:n])}
	s.tok.Data = s.normal(bytes.TrimLeft(rest, " \t\r\n"))
	s.pos += len(body) + len("<??>")
	s.started = true
	return nil
}
