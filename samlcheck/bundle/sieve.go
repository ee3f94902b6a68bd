package bundle

import "strings"

// sieve finds in one pass where any of many strings may stand in a text. It
// knows the first three bytes of each, in a table that fits the fastest cache;
// what passes it is looked at properly. It may let through what is nothing, and
// never holds back what is something.
type sieve struct {
	bits   [sieveSize / 64]uint64
	behind map[uint32][]int // which strings may stand where this was seen, in the order in which they were put in
	most   int              // bytes of the longest one
}

const sieveSize = 1 << 15

// folded has for each byte what the sieve takes it for: capitals are small
// letters, and all of a letter beyond ASCII is one, since lower leaves neither
// its length nor its place.
var folded = foldings()

func foldings() (t [256]uint8) {
	for c := range t {
		switch {
		case c >= 'A' && c <= 'Z':
			t[c] = uint8(c) + 'a' - 'A'
		case c >= 0x80:
			t[c] = 0x80
		default:
			t[c] = uint8(c)
		}
	}
	return t
}

// trace is what the sieve keeps of the last three bytes of a text.
func trace(before uint32, c uint8) uint32 {
	return (before<<5 ^ uint32(folded[c])) % sieveSize
}

// newSieve makes a sieve of strings; empty ones are nowhere.
func newSieve(n int, text func(int) string) *sieve {
	s := &sieve{behind: map[uint32][]int{}}
	for i := range n {
		t := text(i)
		if t == "" {
			continue
		}
		s.most = max(s.most, len(t))
		s.put(0, t[:min(len(t), 3)], 3, i)
	}
	return s
}

// put enters a string's first bytes; where it has fewer than three, anything may
// follow.
func (s *sieve) put(seen uint32, t string, left, i int) {
	switch {
	case left == 0:
		s.bits[seen/64] |= 1 << (seen % 64)
		if have := s.behind[seen]; len(have) == 0 || have[len(have)-1] != i {
			s.behind[seen] = append(have, i)
		}
	case t != "":
		s.put(trace(seen, t[0]), t[1:], left-1, i)
	default:
		for c := range 0x81 { // no byte folds to more
			s.put(trace(seen, uint8(c)), "", left-1, i)
		}
	}
}

// next is the first place from which on something may stand, with what; -1 when
// there is none. Behind a text's end stand zeros.
func (s *sieve) next(text string, from int) (int, []int) {
	if from >= len(text) {
		return -1, nil
	}
	seen := trace(0, text[from])
	if from+1 < len(text) {
		seen = trace(seen, text[from+1])
		for i := from + 2; i < len(text); i++ {
			if seen = (seen<<5 ^ uint32(folded[text[i]])) % sieveSize; s.bits[seen/64]>>(seen%64)&1 != 0 {
				return i - 2, s.behind[seen]
			}
		}
		if seen = trace(seen, 0); s.has(seen) {
			return len(text) - 2, s.behind[seen]
		}
	} else {
		seen = trace(seen, 0)
	}
	if seen = trace(seen, 0); s.has(seen) {
		return len(text) - 1, s.behind[seen]
	}
	return -1, nil
}

func (s *sieve) has(seen uint32) bool { return s.bits[seen/64]>>(seen%64)&1 != 0 }

// like says whether a text begins with a string, as far as the sieve can tell
// letters apart.
func like(text, start string) bool {
	if len(text) < len(start) {
		return false
	}
	for i := range len(start) {
		if folded[text[i]] != folded[start[i]] {
			return false
		}
	}
	return true
}

// around is the part of a text about a place, in lower case, and where the place
// is in it: as much as needles look at to either side. What is further away
// changes nothing of it, since UTF-8 finds its beginnings again.
func around(text string, i, most int) (low string, at int) {
	begin := max(0, i-most-sideways)
	return lower(text[begin:min(len(text), i+most+sideways)]), i - begin
}

// sideways is more than an escape before a needle, a word of the trade, and a
// few letters of any alphabet.
const sideways = 64

// needles are what is looked for in a text, the longest first.
type needles struct {
	all   []needle
	sieve *sieve
}

func newNeedles(all []needle) *needles {
	return &needles{all, newSieve(len(all), func(i int) string { return all[i].from })}
}

// at is the longest needle that stands alone at a place; which are those that
// the sieve thinks of.
func (ns *needles) at(text string, i int, which []int) (needle, bool) {
	var low string
	var at int
	for _, k := range which {
		n := ns.all[k]
		if !like(text[i:], n.from) {
			continue
		}
		if low == "" {
			low, at = around(text, i, ns.sieve.most)
		}
		if strings.HasPrefix(low[at:], n.from) && n.counts(low, at) {
			return n, true
		}
	}
	return needle{}, false
}
