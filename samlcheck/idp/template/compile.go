package template

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Compile makes a template of the same texts, rendered with the values of First
// and with those of Second. Errors say what the renderings do not prove.
func Compile(first, second [][]byte) (*Template, error) {
	if len(first) != len(second) {
		return nil, errors.New("template: the two renderings have not the same texts")
	}
	t := &Template{}
	c := compiler{t, regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z`)}
	for n := range first {
		a, err := c.cut(first[n], First)
		if err != nil {
			return nil, fmt.Errorf("template: text %d: %w", n, err)
		}
		b, err := c.cut(second[n], Second)
		if err != nil {
			return nil, fmt.Errorf("template: text %d: %w", n, err)
		}
		same := slices.EqualFunc(a, b, func(x, y segment) bool {
			return x.hole == y.hole && bytes.Equal(x.constant, y.constant)
		})
		if !same {
			return nil, fmt.Errorf("template: text %d: what should be constant depends on a value", n)
		}
		t.texts = append(t.texts, a)
	}
	for i := range t.tables {
		for c, with := range t.tables[i] {
			t.odd[c] = t.odd[c] || with != ""
		}
	}
	return t, nil
}

// compiler is a template that is being made.
type compiler struct {
	*Template
	instant *regexp.Regexp
}

// cut takes a rendering apart.
func (t compiler) cut(text []byte, p Probe) ([]segment, error) {
	var out []segment
	mark, blank := []byte(string(open)), []byte(" "+string(open))
	for {
		i := bytes.Index(text, mark)
		if i < 0 {
			rest, tail := t.instants(text, p)
			return append(append(out, rest...), segment{constant: tail}), nil
		}
		if i == 0 || !bytes.HasPrefix(text[i-1:], blank) {
			return nil, errors.New("a value was trimmed")
		}
		before, tail := t.instants(text[:i-1], p)
		h, n, err := t.value(text[i+len(mark):], p)
		if err != nil {
			return nil, err
		}
		out = append(append(out, before...), segment{tail, h})
		text = text[i+len(mark)+n:]
	}
}

// value reads a probe behind its first mark, and says how long it is.
func (t compiler) value(text []byte, p Probe) (h hole, n int, err error) {
	end := bytes.Index(text, []byte(string(shut)+" "))
	if end < places {
		return h, 0, errors.New("a value was cut or trimmed")
	}
	number, err := strconv.Atoi(string(text[:places]))
	if err != nil || number%2 != p.turn {
		return h, 0, errors.New("a value was changed")
	}
	table, err := learn(string(text[places:end]))
	if err != nil {
		return h, 0, err
	}
	h = hole{kind: aText, slot: number / 2, table: slices.Index(t.tables, table)}
	if h.table < 0 {
		h.table = len(t.tables)
		t.tables = append(t.tables, table)
	}
	t.slots = max(t.slots, h.slot+1)
	return h, end + len(string(shut)) + 1, nil
}

// learn reads how each of the asked characters came out.
func learn(text string) (e escapes, err error) {
	parts := strings.Split(text, string(between))
	all := asked()
	if len(parts) != len(all)+1 || parts[len(all)] != "" {
		return e, errors.New("a value was changed beyond escaping")
	}
	for i, r := range all {
		switch {
		case parts[i] == string(r):
		case r >= utf8.RuneSelf || parts[i] == "":
			return e, fmt.Errorf("the character %q came out as %q", r, parts[i])
		default:
			e[r] = parts[i]
		}
	}
	return e, nil
}

// instants finds the instants that were reckoned from a given one.
func (t compiler) instants(text []byte, p Probe) (out []segment, tail []byte) {
	from := 0
	for _, m := range t.instant.FindAllIndex(text, -1) {
		s, ok := read(string(text[m[0]:m[1]]), p)
		if !ok {
			continue // a constant; the other rendering shows whether it is one
		}
		n := slices.Index(t.stamps, s)
		if n < 0 {
			n = len(t.stamps)
			t.stamps = append(t.stamps, s)
		}
		t.bases = max(t.bases, s.slot+1)
		out = append(out, segment{bytes.Clone(text[from:m[0]]), hole{kind: anInstant, slot: n}})
		from = m[1]
	}
	return out, bytes.Clone(text[from:])
}

// read says from which instant one was reckoned. A writer that drops part of a
// second must be at a distance of whole units of what it keeps, else the two
// renderings differ.
func read(text string, p Probe) (stamp, bool) {
	s := stamp{layout: "2006-01-02T15:04:05Z"}
	unit := time.Second
	if _, fraction, ok := strings.Cut(strings.TrimSuffix(text, "Z"), "."); ok {
		s.layout = "2006-01-02T15:04:05." + strings.Repeat("0", len(fraction)) + "Z"
		for range fraction {
			unit /= 10
		}
	}
	at, err := time.Parse(s.layout, text)
	if err != nil {
		return s, false
	}
	s.slot = (at.Year() - 2201 + 1) / 3
	base := p.Instant(s.slot)
	if s.slot < 0 || at.Sub(base).Abs() > farthest {
		return s, false
	}
	s.offset = at.Sub(base.Truncate(unit))
	return s, true
}
