package bundle

import (
	"iter"
	"strings"
)

// span is a part of a text.
type span struct{ from, to int }

// blanks end a word that may be encoded twice.
const blanks = " \t\r\n\"'<>"

// doubled are the words of a text, without blanks and quotes, that look encoded
// more than once.
func doubled(s string) iter.Seq[span] {
	return func(yield func(span) bool) {
		percent, amp := after(s, 0, "%25"), after(s, 0, "&amp;")
		for at := min(percent, amp); at < len(s); at = min(percent, amp) {
			end := len(s)
			if n := strings.IndexAny(s[at:], blanks); n >= 0 {
				end = at + n
			}
			if !yield(span{strings.LastIndexAny(s[:at], blanks) + 1, end}) {
				return
			}
			if percent < end {
				percent = after(s, end, "%25")
			}
			if amp < end {
				amp = after(s, end, "&amp;")
			}
		}
	}
}

// after is where a mark stands next; the text's end where it does not.
func after(s string, from int, mark string) int {
	if n := strings.Index(s[from:], mark); n >= 0 {
		return from + n
	}
	return len(s)
}

// What a byte is to base64 text.
const (
	other uint8 = iota
	letter
	equals  // fills up the end
	percent // may begin the escape of one of its signs
	ending  // may begin the end of a line
)

var kinds = kindsOf64()

func kindsOf64() (t [256]uint8) {
	for k, bytes := range map[uint8]string{
		letter: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_", equals: "=", percent: "%", ending: "\r\n&",
	} {
		for _, c := range []byte(bytes) {
			t[c] = k
		}
	}
	return t
}

// packs are the base64 texts within a text that are worth decoding, with the
// escapes of their signs and the ends of their lines.
func packs(s string) iter.Seq[span] {
	return func(yield func(span) bool) {
		for i := 0; i < len(s); {
			if k := kinds[s[i]]; k == other || k == ending {
				i++
				continue
			}
			n, letters := extent(s[i:])
			if letters >= shortestRun {
				if !yield(span{i, i + n}) {
					return
				}
				i += n
			} else {
				i++
			}
			for i > 0 && i < len(s) && kinds[s[i-1]] == letter {
				i++ // a later beginning of the same letters is shorter still
			}
		}
	}
}

// extent is how far base64 text goes on from a text's beginning, and how many
// letters it has.
func extent(s string) (n, letters int) {
	line := 0
	for n < len(s) {
		switch kinds[s[n]] {
		case letter:
			n, letters, line = n+1, letters+1, line+1
		case equals:
			n++
		case percent:
			if !sign(s[n:]) {
				return n, letters
			}
			n, letters = n+3, letters+1
		case ending:
			w := wrap(s[n:])
			if line < 60 || w == 0 {
				return n, letters
			}
			n, line = n+w, 0
		default:
			return n, letters
		}
	}
	return n, letters
}

// sign says whether a text begins with an escaped sign of base64.
func sign(s string) bool {
	if len(s) < 3 {
		return false
	}
	switch s[:3] {
	case "%2b", "%2B", "%2f", "%2F", "%3d", "%3D":
		return true
	}
	return false
}

// wrap is the length of the end of a line of base64.
func wrap(s string) int {
	for _, w := range []string{"\r\n", "\n", "&#13;\n", "&#xD;\n"} {
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	return 0
}
