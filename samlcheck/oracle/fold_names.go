package oracle

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// names finds people's names in a text, in any letter case, each by its first
// letter. A regular expression of all of them says the same, and looking
// through the pages of some hundred logins with it was half of a run's work.
type names struct {
	by    map[rune][]name // by the first letter as canonical gives it; the longest first
	ascii [utf8.RuneSelf]bool
}

type name struct {
	letters []rune // canonical
	as      string // what is put in its place
}

func namesIn(as map[string]string) names {
	out := names{by: map[rune][]name{}}
	for text, token := range as {
		n := name{as: token}
		for _, r := range text {
			n.letters = append(n.letters, canonical(r))
		}
		first := n.letters[0]
		out.by[first] = append(out.by[first], n)
	}
	for _, list := range out.by {
		slices.SortFunc(list, func(a, b name) int { // the longest first: a display name before a given name
			if d := len(b.letters) - len(a.letters); d != 0 {
				return d
			}
			return slices.Compare(a.letters, b.letters)
		})
	}
	for r := range rune(utf8.RuneSelf) {
		out.ascii[r] = len(out.by[canonical(r)]) > 0
	}
	return out
}

// replace puts {person} or {other} where a name stands as whole words.
func (n names) replace(s string) string {
	if len(n.by) == 0 {
		return s
	}
	var b strings.Builder
	done := 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf && !n.ascii[c] {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		length, as := n.at(r, s[i:])
		switch {
		case length == 0:
			i += size
			continue
		case bounded(s, i, i+length):
			b.WriteString(s[done:i])
			b.WriteString(as)
			done = i + length
		}
		i += length
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// at is the longest name that s, whose first letter is r, begins with: its
// length in bytes of s, 0 when there is none.
func (n names) at(r rune, s string) (length int, as string) {
	for _, one := range n.by[canonical(r)] {
		if length = one.begins(s); length > 0 {
			return length, one.as
		}
	}
	return 0, ""
}

func (n name) begins(s string) int {
	at := 0
	for _, want := range n.letters {
		r, size := utf8.DecodeRuneInString(s[at:])
		if size == 0 || canonical(r) != want {
			return 0
		}
		at += size
	}
	return at
}

// canonical is one letter for all that differ from it in case only.
func canonical(r rune) rune {
	if r < utf8.RuneSelf && r != 'k' && r != 'K' && r != 's' && r != 'S' { // those two have a third form
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}
	least := r
	for q := unicode.SimpleFold(r); q != r; q = unicode.SimpleFold(q) {
		least = min(least, q)
	}
	return least
}
