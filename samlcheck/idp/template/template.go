// Package template writes a text again and again with other values in it, as
// fast as its bytes can be copied.
//
// A template is not written by hand. It is compiled from renderings: whoever has
// a slow way of making a text (a tree that is built, canonicalised, serialised)
// makes it twice with the values of a [Probe], and [Compile] finds where each
// value came out, how it was escaped there, and which instants were reckoned from
// which. What stands between is constant. So the slow way stays the only place
// where the text is described.
//
// It refuses whatever the two renderings do not prove: a value that came out
// otherwise than it went in, a constant that differs between the two, an instant
// that is no fixed distance from one of the given. Then there is no template, and
// the slow way is gone. It knows no XML beyond what XML 1.0 calls a character
// (2.2): values with others are refused, too, since writers treat them
// differently.
//
//	slow := func(p template.Probe) [][]byte { return render(p.Text(0), p.Instant(0)) }
//	t, err := template.Compile(slow(template.First), slow(template.Second))
//	f := t.Begin()
//	defer f.Done()
//	f.Text(0, "Ada & Co"); f.Instant(0, now)
//	if f.OK() { out = f.Append(nil, 0) }
package template

import (
	"sync"
	"time"
	"unicode/utf8"
)

// A Template is a list of texts with holes. It is safe for concurrent use.
type Template struct {
	texts  [][]segment
	tables []escapes
	stamps []stamp
	odd    [256]bool // bytes that some table escapes
	slots  int       // of texts
	bases  int       // of instants
	pool   sync.Pool // of *Filling
}

// segment is a constant and the hole behind it.
type segment struct {
	constant []byte
	hole     hole
}

// hole is where a value goes.
type hole struct {
	kind  kind
	slot  int // of a text; of an instant, the index in stamps
	table int // how a text is escaped
}

type kind uint8

const (
	none kind = iota // a text ends with a constant
	aText
	anInstant
)

// stamp is one way in which an instant is written: so far from a given one.
type stamp struct {
	slot   int
	offset time.Duration
	layout string
}

// escapes are what a writer makes of ASCII characters; "" leaves it as it is.
type escapes [128]string

// A Filling holds the values of one round. It is not safe for concurrent use.
type Filling struct {
	t       *Template
	texts   []string
	odd     []bool // has something to be escaped
	written [][]byte
	times   []time.Time
	refused bool
}

// Begin returns an empty filling. Give it back with Done.
func (t *Template) Begin() *Filling {
	if f, ok := t.pool.Get().(*Filling); ok {
		return f
	}
	return &Filling{
		t: t, texts: make([]string, t.slots), odd: make([]bool, t.slots),
		written: make([][]byte, len(t.stamps)), times: make([]time.Time, t.bases),
	}
}

// Done gives the filling back.
func (f *Filling) Done() {
	clear(f.texts)
	clear(f.odd)
	f.refused = false
	for i := range f.written {
		f.written[i] = f.written[i][:0]
	}
	f.t.pool.Put(f)
}

// Text sets a value. A slot that no text has is ignored.
func (f *Filling) Text(slot int, value string) {
	if slot >= len(f.texts) {
		return
	}
	odd, ok := f.t.look(value)
	f.texts[slot], f.odd[slot] = value, odd
	f.refused = f.refused || !ok
}

// Instant sets an instant. A slot that no text has is ignored. An instant must
// be set before the first text is written.
func (f *Filling) Instant(slot int, at time.Time) {
	if slot < len(f.times) {
		f.times[slot] = at
	}
}

// OK says whether all values so far are such as the template writes.
func (f *Filling) OK() bool { return !f.refused }

// Append writes the text of that number behind dst.
func (f *Filling) Append(dst []byte, text int) []byte {
	for i := range f.t.texts[text] {
		s := &f.t.texts[text][i]
		dst = append(dst, s.constant...)
		switch h := s.hole; h.kind {
		case none:
		case anInstant:
			dst = append(dst, f.stamp(h.slot)...)
		case aText:
			if f.odd[h.slot] {
				dst = f.t.tables[h.table].append(dst, f.texts[h.slot])
			} else {
				dst = append(dst, f.texts[h.slot]...)
			}
		}
	}
	return dst
}

// stamp writes an instant once, wherever it stands.
func (f *Filling) stamp(n int) []byte {
	if len(f.written[n]) == 0 {
		s := f.t.stamps[n]
		f.written[n] = f.times[s.slot].Add(s.offset).UTC().AppendFormat(f.written[n], s.layout)
	}
	return f.written[n]
}

func (e *escapes) append(dst []byte, value string) []byte {
	from := 0
	for i := range len(value) {
		if c := value[i]; c < utf8.RuneSelf && e[c] != "" {
			dst = append(append(dst, value[from:i]...), e[c]...)
			from = i + 1
		}
	}
	return append(dst, value[from:]...)
}

// look says whether a value holds something to be escaped, and whether it holds
// only characters of XML.
func (t *Template) look(value string) (odd, ok bool) {
	wide := false
	for i := range len(value) {
		c := value[i]
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			return odd, false
		}
		odd = odd || t.odd[c]
		wide = wide || c >= utf8.RuneSelf
	}
	if !wide {
		return odd, true
	}
	for i, r := range value {
		if r == '\ufffe' || r == '\uffff' {
			return odd, false
		}
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(value[i:]); n == 1 {
				return odd, false
			}
		}
	}
	return odd, true
}
