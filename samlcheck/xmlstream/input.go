package xmlstream

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// declaredAs finds the encoding that an XML declaration in an ASCII-compatible
// encoding names.
var declaredAs = regexp.MustCompile(`^<\?xml[ \t\r\n][^>]*?encoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z][A-Za-z0-9._-]*)["']`)

const peek = 256 // bytes that are looked at for the encoding

// utf8Of turns a document into UTF-8: a byte order mark is believed first, then
// the shape of UTF-16, then the declaration (XML 1.0, appendix F). converted
// says that the declaration no longer tells the truth. An unknown encoding is
// left alone: the declaration is then refused when it is read.
func utf8Of(r io.Reader) (out io.Reader, converted bool) {
	b := bufio.NewReaderSize(r, 2*peek) // larger reads pass it by
	head, err := b.Peek(peek)
	if err != nil && !errors.Is(err, io.EOF) {
		return failing{err}, false // Peek forgets it
	}
	var dec encoding.Encoding
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, _ = b.Discard(3) // they were just peeked at
		return b, false
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		dec = unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM)
	case bytes.HasPrefix(head, []byte("<\x00?\x00")):
		dec = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case bytes.HasPrefix(head, []byte("\x00<\x00?")):
		dec = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	default:
		m := declaredAs.FindSubmatch(head)
		if m == nil {
			return b, false
		}
		switch strings.ToLower(string(m[1])) {
		case "iso-8859-1", "latin1":
			dec = charmap.ISO8859_1
		case "windows-1252", "cp1252":
			dec = charmap.Windows1252
		default:
			return b, false
		}
	}
	return dec.NewDecoder().Reader(b), true
}
