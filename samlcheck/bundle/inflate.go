package bundle

import (
	"bytes"
	"compress/flate"
	"io"
	"strings"
)

// inflater is what inflating needs. Its window is 40 KB and most pieces are
// nothing, so it is used again.
type inflater struct {
	in  io.Reader // a flate.Resetter
	src strings.Reader
	out bytes.Buffer
}

// inflated is as much of deflated bytes as can be read; "" where that is next to
// nothing.
func (m *memory) inflated(raw string) string {
	if !deflatable(raw) {
		return ""
	}
	x, ok := m.tools.Get().(*inflater)
	if !ok {
		x = &inflater{}
		x.in = flate.NewReader(&x.src)
	}
	defer m.tools.Put(x)
	x.src.Reset(raw)
	x.out.Reset()
	if again, ok := x.in.(flate.Resetter); !ok || again.Reset(&x.src, nil) != nil {
		return ""
	}
	_, _ = io.Copy(&x.out, io.LimitReader(x.in, mostPacked)) // what can be inflated is looked at
	if x.out.Len() <= 8 {
		return "" // by chance: a name is longer, and most pieces are nothing
	}
	return x.out.String()
}

// deflatable looks at the head of the first block: of two thirds of all bytes it
// says that package flate would not read one byte of them (RFC 1951, 3.2.3 to
// 3.2.7).
func deflatable(raw string) bool {
	if raw == "" {
		return false
	}
	switch raw[0] >> 1 & 3 {
	case 0: // stored: its length, and the same inverted
		return len(raw) > 5 && raw[1] == ^raw[3] && raw[2] == ^raw[4]
	case 1: // the fixed code
		return true
	case 2: // its own code: how many of each kind
		return len(raw) > 2 && raw[0]>>3 <= 286-257 && raw[1]&0x1f < 30
	}
	return false
}

// unwrapped is what follows on zlib's head (RFC 1950); "" where there is none.
// The sum at its end says nothing to us.
func unwrapped(raw string) string {
	const method, dictionary = 8, 0x20
	if len(raw) < 3 || raw[0]&0x0f != method || raw[0]>>4 > 7 || raw[1]&dictionary != 0 || (int(raw[0])<<8|int(raw[1]))%31 != 0 {
		return ""
	}
	return raw[2:]
}
