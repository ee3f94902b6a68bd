package xmlstream

import (
	"strings"
	"unicode/utf8"
)

// Classes of bytes. A table lookup decides about nearly every byte of a document.
const (
	stopText  = 1 << iota // ends the fast run through character data
	stopValue             // ends the fast run through an attribute value
	nameStart             // an ASCII byte that may begin a name
	nameByte              // an ASCII byte that may stand in a name
	space
)

var class = classes()

func classes() (t [256]uint8) {
	const white, letters = " \t\n\r", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_:"
	mark := func(of string, as uint8) {
		for _, b := range []byte(of) {
			t[b] |= as
		}
	}
	for c := range t {
		if c < 0x20 && strings.IndexByte(white, byte(c)) < 0 || c >= utf8.RuneSelf {
			t[c] |= stopText | stopValue
		}
	}
	mark(white, space)
	mark(letters, nameStart|nameByte)
	mark("0123456789-.", nameByte)
	mark("<&]\r", stopText)
	mark("<&\t\n\r\"'", stopValue)
	return t
}

// legal says whether a character may stand in a document (XML 1.0, 2.2).
func legal(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000 && r <= 0x10ffff
}

// startsName and continuesName are NameStartChar and NameChar beyond ASCII
// (XML 1.0 fifth edition, 2.3).
func startsName(r rune) bool {
	switch {
	case r >= 0xc0 && r <= 0x2ff:
		return r != 0xd7 && r != 0xf7
	case r >= 0x370 && r <= 0x1fff:
		return r != 0x37e
	case r >= 0x200c && r <= 0x200d, r >= 0x2070 && r <= 0x218f, r >= 0x2c00 && r <= 0x2fef,
		r >= 0x3001 && r <= 0xd7ff, r >= 0xf900 && r <= 0xfdcf, r >= 0xfdf0 && r <= 0xfffd, r >= 0x10000 && r <= 0xeffff:
		return true
	}
	return false
}

func continuesName(r rune) bool {
	return startsName(r) || r == 0xb7 || r >= 0x300 && r <= 0x36f || r >= 0x203f && r <= 0x2040
}

// nameLen is the length of the name at the beginning of b; 0 when there is none.
func nameLen(b []byte) int {
	i := 0
	for i < len(b) {
		want := uint8(nameByte)
		if i == 0 {
			want = nameStart
		}
		c := b[i]
		if c < utf8.RuneSelf {
			if class[c]&want == 0 {
				return i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 || i == 0 && !startsName(r) || !continuesName(r) {
			return i
		}
		i += n
	}
	return i
}

// entity is what a predefined entity stands for (XML 1.0, 4.6).
func entity(name []byte) (byte, bool) {
	switch string(name) {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	return 0, false
}

// charRef reads what stands between "&#" and ";".
func charRef(b []byte) (rune, bool) {
	base, digits := 10, b
	if len(b) > 0 && b[0] == 'x' {
		base, digits = 16, b[1:]
	}
	if len(digits) == 0 {
		return 0, false
	}
	n := 0
	for _, c := range digits {
		d := 16
		switch {
		case c >= '0' && c <= '9':
			d = int(c - '0')
		case c >= 'a' && c <= 'f':
			d = int(c-'a') + 10
		case c >= 'A' && c <= 'F':
			d = int(c-'A') + 10
		}
		if d >= base {
			return 0, false
		}
		if n = n*base + d; n > 0x10ffff {
			return 0, false
		}
	}
	return rune(n), legal(rune(n))
}
