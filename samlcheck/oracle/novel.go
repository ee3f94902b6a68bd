package oracle

import (
	"slices"
	"strings"
)

// spare is how many words a known login's block may have beyond one that says
// the same without them: a name that the target file does not give.
const spare = 2

// novel lists the blocks of a page that no known login ever showed: what a
// small gate would say. A block is familiar too if it is a known one with a
// name less ("Signed in as {person}" beside "Signed in as {person} Example"),
// or, in data, a flag or number whose key is known ("user.verified: false").
func (m *Model) novel(v view, p *page) []string {
	return slices.DeleteFunc(v.unseen(m.known, p.known), func(b string) bool {
		for _, s := range []set{m.known, p.known} {
			for k := range s {
				if shortened(blockKey(b), k) || v.json && sameFlag(b, k) {
					return true
				}
			}
		}
		return false
	})
}

// shortened says whether a is b with at most a few words left out.
func shortened(a, b string) bool {
	short, long := strings.Fields(a), strings.Fields(b)
	if len(short) == 0 || len(long)-len(short) > spare {
		return false
	}
	for _, w := range long {
		if len(short) > 0 && short[0] == w {
			short = short[1:]
		}
	}
	return len(short) == 0
}

// sameFlag says whether a block of data ("key.path: false") has the key of a
// known one and both values are flags or numbers.
func sameFlag(block, known string) bool {
	path, value, ok := strings.Cut(block, ": ")
	if !ok || !scalar(value) {
		return false
	}
	rest, ok := strings.CutPrefix(known, blockKey(path))
	return ok && scalar(strings.TrimSpace(rest))
}

func scalar(s string) bool {
	switch strings.ToLower(s) {
	case "true", "false", "null":
		return true
	}
	return s != "" && strings.Trim(s, "0123456789.-*") == ""
}
