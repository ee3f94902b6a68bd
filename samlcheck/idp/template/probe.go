package template

import (
	"fmt"
	"strings"
	"time"
)

// A Probe makes the values of one of the two renderings that Compile takes. They
// are told by marks of the private use area, which no real text has.
type Probe struct{ turn int }

// First and Second are the two probes.
var (
	First  = Probe{0}
	Second = Probe{1}
)

const (
	open, shut, between = '\uE000', '\uE001', '\uE002'
	places              = 6 // digits of a slot's number
)

// asked are the characters whose escaping is learned: of ASCII everything that is
// neither letter nor digit, and others that some writer might treat as special.
func asked() []rune {
	out := []rune{'\t', '\n', '\r'}
	for c := ' '; c < 0x7f; c++ {
		switch {
		case c >= '0' && c <= '9', c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z':
		default:
			out = append(out, c)
		}
	}
	return append(out, 'a', 'Z', '0', 0x7f, '\u0085', '\u00a0', 'é', '\u2028', '\ufffd', '中', '😀')
}

// Text is the probe of a text slot (0 to 999,999 divided by two): a mark, the
// slot's number, every character that might be escaped, a mark. The blanks around it show
// whether it is trimmed.
func (p Probe) Text(slot int) string {
	var b strings.Builder
	fmt.Fprintf(&b, " %c%0*d", open, places, 2*slot+p.turn)
	for _, r := range asked() {
		b.WriteRune(r)
		b.WriteRune(between)
	}
	fmt.Fprintf(&b, "%c ", shut)
	return b.String()
}

// farthest is how far from a given instant one may be that is reckoned from it.
const farthest = 300 * 24 * time.Hour

// Instant is the probe of an instant slot: far from the others, and in another
// part of its second in each turn, so that rounding shows.
func (p Probe) Instant(slot int) time.Time {
	t := time.Date(2201+3*slot, time.June, 15, 11, 22, 33, 0, time.UTC)
	if p.turn == 1 {
		t = t.Add(41*time.Hour + 17*time.Minute + 4*time.Second + 999*time.Millisecond)
	}
	return t
}
