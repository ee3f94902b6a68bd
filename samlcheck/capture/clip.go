package capture

import (
	"bufio"
	"errors"
	"io"
)

// longest is how much of one JSON string is read, in bytes as they stand in the
// file. It holds the largest message in base64 and URL encoding, and any page;
// pictures and downloads are cut.
const longest = 4 << 20

// clip passes JSON on and cuts long strings in it, so that a decoder never holds
// more of a body than that. It knows of JSON where strings begin and end.
type clip struct {
	in      *bufio.Reader
	limit   int
	inside  bool // a string
	escaped bool // the byte before was a backslash
	hex     int  // digits of \uXXXX that are still to come
	n       int  // bytes of this string so far
	cutting bool // this string is over the limit
	cuts    int  // strings that were cut
}

func newClip(in *bufio.Reader, limit int) *clip { return &clip{in: in, limit: limit} }

// Read implements io.Reader.
func (c *clip) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		b, err := c.in.ReadByte()
		if err != nil {
			if n > 0 && errors.Is(err, io.EOF) {
				return n, nil
			}
			return n, err
		}
		if c.keep(b) {
			p[n] = b
			n++
		}
	}
	return n, nil
}

// keep says whether a byte is passed on.
func (c *clip) keep(b byte) bool {
	if !c.inside {
		if b == '"' {
			c.inside, c.n, c.cutting = true, 0, false
		}
		return true
	}
	c.n++
	whole := !c.escaped && c.hex == 0 && b&0xC0 != 0x80 // not in the middle of an escape or of a character
	switch {
	case c.hex > 0:
		c.hex--
	case c.escaped:
		c.escaped = false
		if b == 'u' {
			c.hex = 4
		}
	case b == '\\':
		c.escaped = true
	case b == '"':
		c.inside = false
		return true
	}
	if !c.cutting && c.n > c.limit && whole {
		c.cutting = true
		c.cuts++
	}
	return !c.cutting
}
