package xmlstream

import (
	"bytes"
	"unicode/utf8"
)

// text reads one piece of character data: as much as stands in the buffer as it
// is, or one reference, or one line end.
func (s *Scanner) text() error {
	if s.state != content {
		return s.betweenTags()
	}
	i, err := s.run(false)
	if err != nil {
		return err
	}
	if i > s.pos {
		return s.give(s.buf[s.pos:i], i)
	}
	switch s.buf[i] {
	case '&':
		return s.reference()
	case '\r':
		return s.lineEnd()
	}
	return s.bad("a character that XML does not allow")
}

func (s *Scanner) give(data []byte, to int) error {
	s.tok.Kind, s.tok.Data = Text, data
	s.pos = to
	s.started = true
	return nil
}

// run finds the end of the piece that can be given as it is. In a CDATA section
// only its end and line ends are special.
func (s *Scanner) run(section bool) (int, error) {
	i := s.pos
	for {
		for i < s.end && class[s.buf[i]]&stopText == 0 {
			i++
		}
		if i == s.end {
			if i > s.pos {
				return i, nil
			}
			if !s.have(1) {
				return i, s.finishInside()
			}
			i = s.pos
			continue
		}
		n, err := s.special(i, section)
		if err != nil || n == 0 {
			return i, err
		}
		if n < 0 { // the buffer ends in the middle of something
			if i > s.pos {
				return i, nil
			}
			s.have(s.end - s.pos + 1) // if nothing follows, it is what it looks like
			if s.failed != nil {
				return i, s.failed
			}
			i = s.pos
			continue
		}
		i += n
	}
}

// special weighs one byte that stops the fast run: how many bytes of it are
// ordinary text; 0 where the piece ends; -1 where more of the document is needed.
func (s *Scanner) special(i int, section bool) (int, error) {
	switch c := s.buf[i]; {
	case c == '<', c == '&':
		if section {
			return 1, nil
		}
		return 0, nil
	case c == '\r':
		return 0, nil
	case c == ']':
		if s.end-i < 3 && !s.ended {
			return -1, nil
		}
		if !bytes.HasPrefix(s.buf[i:s.end], []byte("]]>")) {
			return 1, nil
		}
		if section {
			return 0, nil
		}
		return 0, s.badAt(i, "]]> in character data")
	case c < utf8.RuneSelf:
		return 0, s.badAt(i, "the control character U+%04X, which XML does not allow", c)
	}
	return s.wide(i)
}

// wide is the length of a character beyond ASCII.
func (s *Scanner) wide(i int) (int, error) {
	if !utf8.FullRune(s.buf[i:s.end]) && !s.ended {
		return -1, nil
	}
	r, n := utf8.DecodeRune(s.buf[i:s.end])
	if r == utf8.RuneError && n <= 1 {
		return 0, s.badAt(i, "the text is not UTF-8 here")
	}
	if !legal(r) {
		return 0, s.badAt(i, "the character U+%04X, which XML does not allow", r)
	}
	return n, nil
}

func (s *Scanner) finishInside() error {
	if s.cdata {
		return s.bad("the document ends inside a CDATA section: it was cut off")
	}
	return s.finish()
}

// reference is one entity or character reference in character data.
func (s *Scanner) reference() error {
	b, n, err := s.resolve(s.pos)
	if err != nil {
		return err
	}
	s.scratch = append(s.scratch[:0], b...)
	return s.give(s.scratch, s.pos+n)
}

const longestReference = 64 // bytes; what is longer has too many leading zeros to be meant

// resolve reads the reference at an index of the buffer. What it returns is
// valid until the next call.
func (s *Scanner) resolve(at int) (text []byte, n int, err error) {
	ahead := at - s.pos
	s.have(ahead + longestReference)
	at = s.pos + ahead
	b := s.buf[at:min(s.end, at+longestReference)]
	semi := bytes.IndexByte(b, ';')
	if semi < 0 {
		return nil, 0, s.badAt(at, "& begins no reference: write &amp; for the character itself")
	}
	name := b[1:semi]
	if bytes.HasPrefix(name, []byte("#")) {
		r, ok := charRef(name[1:])
		if !ok {
			return nil, 0, s.badAt(at, "&%s; is no character that XML allows", name)
		}
		return utf8.AppendRune(nil, r), semi + 1, nil
	}
	c, ok := entity(name)
	if !ok {
		if len(name) == 0 || nameLen(name) != len(name) {
			return nil, 0, s.badAt(at, "& begins no reference: write &amp; for the character itself")
		}
		return nil, 0, s.badAt(at, "the entity &%s; is not defined", name)
	}
	return []byte{c}, semi + 1, nil
}

// lineEnd turns a carriage return, alone or before a line feed, into a line feed.
func (s *Scanner) lineEnd() error {
	n := 1
	if s.have(2) && s.buf[s.pos+1] == '\n' {
		n = 2
	}
	s.scratch = append(s.scratch[:0], '\n')
	return s.give(s.scratch, s.pos+n)
}

// section reads one piece of a CDATA section.
func (s *Scanner) section() error {
	i, err := s.run(true)
	if err != nil {
		return err
	}
	switch {
	case i > s.pos:
		return s.give(s.buf[s.pos:i], i)
	case s.buf[i] == '\r':
		return s.lineEnd()
	}
	s.pos += len("]]>")
	s.cdata = false
	s.mark = s.pos
	return s.next()
}

// betweenTags is what stands outside the root element: nothing but white space.
func (s *Scanner) betweenTags() error {
	for s.have(1) {
		c := s.buf[s.pos]
		if class[c]&space == 0 {
			break
		}
		s.pos++
		s.mark = s.pos
		s.started = true
	}
	if s.end > s.pos && s.buf[s.pos] != '<' {
		if s.state == epilog {
			return s.bad("text after the root element")
		}
		return s.bad("text before the root element")
	}
	return s.next()
}

// comment reads a comment; its text may not contain two hyphens in a row.
func (s *Scanner) comment() error {
	body, err := s.until(len("<!--"), "--", "comment")
	if err != nil {
		return err
	}
	after := s.pos + len("<!--") + len(body) + 2
	ahead := after - s.pos
	if !s.have(ahead+1) || s.buf[s.pos+ahead] != '>' {
		return s.badAt(s.pos+ahead-2, "-- inside a comment")
	}
	body = s.buf[s.pos+len("<!--") : s.pos+ahead-2]
	if err := s.allLegal(body, s.pos+len("<!--")); err != nil {
		return err
	}
	s.tok.Kind, s.tok.Data = Comment, s.normal(body)
	s.pos += ahead + 1
	s.started = true
	return nil
}

// until finds the end mark of a token whose whole text is wanted, skip bytes
// after its beginning.
func (s *Scanner) until(skip int, mark, what string) ([]byte, error) {
	from := skip
	for {
		if i := bytes.Index(s.buf[s.pos+from:s.end], []byte(mark)); i >= 0 {
			return s.buf[s.pos+skip : s.pos+from+i], nil
		}
		from = max(skip, s.end-s.pos-len(mark)+1)
		if !s.have(s.end - s.pos + 1) {
			if s.failed != nil {
				return nil, s.failed
			}
			return nil, s.bad("the document ends inside a %s: it was cut off", what)
		}
	}
}

// allLegal looks at every character of a text that stands at an index of buf.
func (s *Scanner) allLegal(b []byte, at int) error {
	for i := 0; i < len(b); {
		c := b[i]
		switch {
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && n <= 1 {
				return s.badAt(at+i, "the text is not UTF-8 here")
			}
			if !legal(r) {
				return s.badAt(at+i, "the character U+%04X, which XML does not allow", r)
			}
			i += n
			continue
		case c < 0x20 && class[c]&space == 0:
			return s.badAt(at+i, "the control character U+%04X, which XML does not allow", c)
		}
		i++
	}
	return nil
}

// normal normalises line ends (XML 1.0, 2.11).
func (s *Scanner) normal(b []byte) []byte {
	if bytes.IndexByte(b, '\r') < 0 {
		return b
	}
	s.scratch = s.scratch[:0]
	for i, c := range b {
		switch {
		case c != '\r':
			s.scratch = append(s.scratch, c)
		case i+1 == len(b) || b[i+1] != '\n':
			s.scratch = append(s.scratch, '\n')
		}
	}
	return s.scratch
}
