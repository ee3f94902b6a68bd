package xmlstream

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

const firstBuffer = 64 << 10

// A Scanner reads one document. Make it with New.
type Scanner struct {
	r         io.Reader
	buf       []byte
	pos, end  int   // the unread part of buf
	mark      int   // where the token began
	line      int   // of counted
	column    int   // characters between the last line end before counted, and counted
	counted   int   // up to where in buf lines are counted
	base      int64 // where buf begins in the document
	ended     bool  // r has no more
	failed    error // what every further call of Next returns
	converted bool  // the input was not UTF-8, and is now

	tok     Token
	scratch []byte // values that differ from their bytes in buf
	state   state
	names   table
	open    []element
	scope   scope
	closing bool // the last start tag was an empty-element tag
	cdata   bool // inside a CDATA section
	started bool // something was read: an XML declaration is no longer possible
}

// state is where in the document the scanner is.
type state uint8

const (
	prolog state = iota
	content
	epilog
)

// element is one open element.
type element struct {
	name   *qname
	space  string
	spaces int // bindings in scope before it
}

// New returns a scanner of the document that r holds.
func New(r io.Reader) *Scanner {
	size := firstBuffer
	if l, ok := r.(interface{ Len() int }); ok { // a small document needs no large buffer
		size = min(size, l.Len()+1)
	}
	s := &Scanner{buf: make([]byte, size), line: 1}
	s.r, s.converted = utf8Of(r)
	s.names.init()
	s.scope.init()
	return s
}

// Next returns the next token; of kind EOF at the end of a well-formed document.
// The error is a *SyntaxError, or what the reader returned.
func (s *Scanner) Next() (*Token, error) {
	if s.failed != nil {
		return nil, s.failed
	}
	if err := s.next(); err != nil {
		s.failed = err
		return nil, err
	}
	return &s.tok, nil
}

// Position is where the token began that Next returned last: line and column,
// 1-based, the column in characters.
func (s *Scanner) Position() (line, column int) {
	s.count(s.mark)
	return s.line, s.column + 1
}

// Span is where in the document the token stands that Next returned last: the
// bytes from begin up to end. A document that was converted to UTF-8 has no such
// places, ok is false. A byte order mark is not counted.
func (s *Scanner) Span() (begin, end int64, ok bool) {
	return s.base + int64(s.mark), s.base + int64(s.pos), !s.converted
}

// Depth is the number of open elements: after a Start it counts the element itself.
func (s *Scanner) Depth() int { return len(s.open) }

func (s *Scanner) next() error {
	t := &s.tok
	t.Name, t.Attrs, t.Spaces, t.Data = Name{}, t.Attrs[:0], t.Spaces[:0], nil
	s.scratch = s.scratch[:0]
	if s.closing {
		s.closing = false
		return s.pop()
	}
	s.mark = s.pos
	if s.cdata {
		return s.section()
	}
	if !s.have(1) {
		return s.finish()
	}
	if s.buf[s.pos] != '<' {
		return s.text()
	}
	return s.markup()
}

func (s *Scanner) finish() error {
	switch {
	case s.failed != nil:
		return s.failed
	case len(s.open) > 0:
		return s.bad("the document ends inside <%s>: it was cut off", s.open[len(s.open)-1].name.raw)
	case s.state == prolog:
		return s.bad("there is no element in it")
	}
	s.tok.Kind = EOF
	return nil
}

// markup reads what begins with "<".
func (s *Scanner) markup() error {
	if !s.have(2) {
		return s.bad("the document ends after a lone <")
	}
	switch s.buf[s.pos+1] {
	case '/':
		return s.endTag()
	case '?':
		return s.procInst()
	case '!':
		return s.bang()
	}
	return s.startTag()
}

func (s *Scanner) bang() error {
	switch {
	case s.prefixed("<!--"):
		return s.comment()
	case s.prefixed("<![CDATA["):
		if s.state != content {
			return s.bad("a CDATA section outside the root element")
		}
		s.pos += len("<![CDATA[")
		s.cdata, s.mark = true, s.pos
		return s.section()
	case s.prefixed("<!DOCTYPE"):
		e := s.bad("the document has a DOCTYPE, which is not read for safety")
		var se *SyntaxError
		if errors.As(e, &se) {
			se.Err = ErrDoctype
		}
		return e
	}
	return s.bad("<! begins neither a comment nor a CDATA section")
}

// have makes sure that n bytes are to be read, if the document has as many. It
// moves the token that began at mark to the front of the buffer, and makes the
// buffer larger where the token fills it.
func (s *Scanner) have(n int) bool {
	for s.end-s.pos < n && !s.ended && s.failed == nil {
		s.fill()
	}
	return s.end-s.pos >= n
}

func (s *Scanner) fill() {
	if s.mark > 0 {
		s.count(s.mark)
		copy(s.buf, s.buf[s.mark:s.end])
		s.base += int64(s.mark)
		s.pos, s.end, s.counted, s.mark = s.pos-s.mark, s.end-s.mark, s.counted-s.mark, 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= MaxToken {
			s.failed = s.bad("one tag, comment or instruction is larger than %d MiB", MaxToken>>20)
			return
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for range 100 {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		switch {
		case errors.Is(err, io.EOF):
			s.ended = true
			return
		case err != nil:
			s.failed = fmt.Errorf("xmlstream: %w", err)
			return
		case n > 0:
			return
		}
	}
	s.failed = fmt.Errorf("xmlstream: %w", io.ErrNoProgress)
}

// prefixed says whether the unread part begins so.
func (s *Scanner) prefixed(p string) bool {
	return s.have(len(p)) && string(s.buf[s.pos:s.pos+len(p)]) == p
}

// count moves the line count on to an index of buf.
func (s *Scanner) count(to int) {
	if to <= s.counted {
		return
	}
	part := s.buf[s.counted:to]
	if n := bytes.Count(part, []byte{'\n'}); n > 0 {
		s.line += n
		s.column = 0
		part = part[bytes.LastIndexByte(part, '\n')+1:]
	}
	s.column += utf8.RuneCount(part)
	s.counted = to
}

// bad is a syntax error at the current place.
func (s *Scanner) bad(f string, a ...any) error { return s.badAt(s.pos, f, a...) }

func (s *Scanner) badAt(at int, f string, a ...any) error {
	if s.failed != nil {
		return s.failed // the reader failed: that is why something is missing
	}
	s.count(min(at, s.end))
	return &SyntaxError{Line: s.line, Column: s.column + 1, Problem: fmt.Sprintf(f, a...)}
}
