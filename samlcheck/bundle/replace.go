package bundle

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// replace puts the needles' pseudonyms in, the longest first, in the letter
// case in which each was found.
func replace(s string, ns *needles, count func(needle)) string {
	var b strings.Builder
	from := 0
	for i, which := ns.sieve.next(s, 0); i >= 0; {
		n, ok := ns.at(s, i, which)
		if !ok {
			i, which = ns.sieve.next(s, i+1)
			continue
		}
		if n.to != "" {
			upTo(&b, s, from, i)
			b.WriteString(cased(n.to, s[i:i+len(n.from)]))
			from = i + len(n.from)
			count(n)
		}
		i, which = ns.sieve.next(s, i+len(n.from))
	}
	return rest(&b, s, from)
}

// upTo writes a text's next part, before something that is replaced.
func upTo(b *strings.Builder, s string, from, to int) {
	if from == 0 {
		b.Grow(len(s) + len(s)/16) // what is cut leaves a note, mostly shorter
	}
	b.WriteString(s[from:to])
}

// rest is a text that was written up to a place, with what follows; the text
// itself where nothing was.
func rest(b *strings.Builder, s string, from int) string {
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

// lower is ToLower that never changes a byte's place.
func lower(s string) string {
	var b []byte // a copy, once something changes
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				if b == nil {
					b = []byte(s)
				}
				b[i] = c + 'a' - 'A'
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if l := unicode.ToLower(r); l != r && utf8.RuneLen(l) == n {
			if b == nil {
				b = []byte(s)
			}
			utf8.EncodeRune(b[i:], l)
		}
		i += n
	}
	if b == nil {
		return s
	}
	return string(b)
}

// covered says whether a place lies within a kept host.
func covered(low string, i int, n needle, kept []needle) bool {
	for _, k := range kept {
		for start := max(0, i-len(k.from)+1); start <= i; start++ {
			if strings.HasPrefix(low[start:], k.from) && start+len(k.from) >= i+len(n.from) {
				return true
			}
		}
	}
	return false
}

// counts says whether a needle that stands at a place of a text in lower case
// is meant. A short one must stand alone: "ann" is not in "annual". A name of
// five letters and more may also begin a word, since forged messages glue
// things to it; but not a word of the trade ("audie" is not in "audience").
func (n needle) counts(low string, i int) bool {
	j := i + len(n.from)
	if !begins(low, i) {
		return false
	}
	if ends(low, i, j) {
		return true
	}
	if !n.bare || len(n.from) < 5 {
		return false
	}
	end := strings.IndexFunc(low[i:], separates)
	if end < 0 {
		end = len(low) - i
	}
	for k := len(n.from); k <= end; k++ {
		if vocabulary(low[i : i+k]) {
			return false
		}
	}
	return true
}

// ends says whether no letter or digit follows on s[i:j].
func ends(s string, i, j int) bool {
	next, _ := utf8.DecodeRuneInString(s[j:])
	last, _ := utf8.DecodeLastRuneInString(s[i:j])
	return j == len(s) || separates(next) || separates(last)
}

// begins says whether no letter or digit precedes s[i:]. An escape such as %40
// or \u0040 ends a word although it ends in letters or digits.
func begins(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	if i == 0 || separates(r) {
		return true
	}
	if first, _ := utf8.DecodeRuneInString(s[i:]); separates(first) {
		return true
	}
	return escape(s[:i])
}

// escape says whether a text ends in an escaped character.
func escape(s string) bool {
	n := len(s)
	switch {
	case n >= 3 && s[n-3] == '%' && hexDigits(s[n-2:]):
		return true
	case n >= 6 && s[n-6] == '\\' && s[n-5] == 'u' && hexDigits(s[n-4:]):
		return true
	case n >= 2 && s[n-2] == '\\' && strings.IndexByte("nrtbf", s[n-1]) >= 0:
		return true
	}
	return false
}

func hexDigits(s string) bool {
	for i := range len(s) {
		if !strings.ContainsRune("0123456789abcdefABCDEF", rune(s[i])) {
			return false
		}
	}
	return true
}

// cased gives a pseudonym the letter case of what it replaces.
func cased(to, like string) string {
	if like == strings.ToUpper(like) && like != strings.ToLower(like) {
		return strings.ToUpper(to)
	}
	pattern := []rune(like)
	out := []rune(to)
	if len(pattern) != len(out) {
		if len(pattern) > 0 && len(out) > 0 && unicode.IsUpper(pattern[0]) {
			out[0] = unicode.ToUpper(out[0])
		}
		return string(out)
	}
	for i, r := range pattern {
		if unicode.IsUpper(r) {
			out[i] = unicode.ToUpper(out[i])
		}
	}
	return string(out)
}
