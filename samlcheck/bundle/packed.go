package bundle

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"html"
	"io"
	"net/url"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The rules for what hides inside something else. Pseudonyms cannot be put
// there without changing all around it, so the whole piece is cut, with a digest
// that keeps equal pieces equal.
const (
	rulePacked = "packed"        // base64, perhaps deflated
	ruleTwice  = "encoded twice" // URL-encoded or HTML-escaped more than once
)

const (
	shortestRun = 12      // letters of base64 that are worth decoding
	deepest     = 3       // packed within packed
	mostPacked  = 4 << 20 // bytes that are inflated
)

// packed cuts what holds something to hide when it is decoded.
func (r *Redactor) packed(s string) string {
	if !r.off[ruleTwice] && (strings.Contains(s, "%25") || strings.Contains(s, "&amp;")) {
		s = r.cutRuns(s, ruleTwice, token, r.twice)
	}
	if !r.off[rulePacked] {
		s = r.cutRuns(s, rulePacked, run64, r.hides)
	}
	return s
}

// leaksPacked is packed for the self-test: which rule a text breaks.
func (r *Redactor) leaksPacked(s string) (rule string) {
	find := func(rule2 string, next func(string, int) int, hit func(string) bool) {
		for i := 0; i < len(s) && rule == ""; {
			n := next(s, i)
			if n == 0 {
				i++
				continue
			}
			if hit(s[i : i+n]) {
				rule = rule2
			}
			i += n
		}
	}
	if strings.Contains(s, "%25") || strings.Contains(s, "&amp;") {
		find(ruleTwice, token, r.twice)
	}
	find(rulePacked, run64, r.hides)
	return rule
}

// cutRuns replaces the runs that hit.
func (r *Redactor) cutRuns(s, rule string, next func(string, int) int, hit func(string) bool) string {
	var b strings.Builder
	from := 0
	for i := 0; i < len(s); {
		n := next(s, i)
		if n == 0 {
			i++
			continue
		}
		if t := s[i : i+n]; hit(t) {
			b.WriteString(s[from:i])
			b.WriteString("[cut: " + hex.EncodeToString(mac(r.key, t)[:4]) + "]")
			from = i + n
			r.count(rule, 1)
		}
		i += n
	}
	if from == 0 {
		return s
	}
	return b.String() + s[from:]
}

// token is the length of the word without blanks and quotes that begins at i;
// only one that can be encoded twice is worth a look.
func token(s string, i int) int {
	n := strings.IndexAny(s[i:], " \t\r\n\"'<>")
	if n < 0 {
		return len(s) - i
	}
	return n
}

// twice says whether a word gives something away once it is decoded repeatedly.
func (r *Redactor) twice(t string) bool {
	if !strings.Contains(t, "%25") && !strings.Contains(t, "&amp;") {
		return false
	}
	for range deepest {
		u := html.UnescapeString(t)
		if v, err := url.PathUnescape(u); err == nil {
			u = v
		}
		if u == t {
			return false
		}
		if t = u; r.plain(t) != "" {
			return true
		}
	}
	return false
}

// run64 is the length of the base64 text that begins at i, with the escapes of
// its signs and the ends of its lines; 0 where there is none worth decoding.
func run64(s string, i int) int {
	if i > 0 && letter64(s[i-1]) {
		return 0 // its beginning was too short
	}
	j, letters, line := i, 0, 0
	for j < len(s) {
		switch c := s[j]; {
		case letter64(c):
			j, letters, line = j+1, letters+1, line+1
		case c == '=':
			j++
		case c == '%' && j+2 < len(s) && strings.Contains(" 2b 2B 2f 2F 3d 3D ", " "+s[j+1:j+3]+" "):
			j, letters = j+3, letters+1
		case line >= 60 && wrap(s[j:]) > 0:
			j, line = j+wrap(s[j:]), 0
		default:
			return worth(j-i, letters)
		}
	}
	return worth(j-i, letters)
}

func worth(n, letters int) int {
	if letters < shortestRun {
		return 0
	}
	return n
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

func letter64(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '-' || c == '_'
}

// memory is what was found out about pieces of base64: certificates stand in
// every message of a run, and need be looked into once.
type memory struct {
	mu      sync.Mutex
	hides   map[[sha256.Size]byte]bool
	inflate sync.Pool
}

const mostWeighed = 1 << 16 // pieces that are remembered

// hides is inside, for each piece once. What is to be hidden does not change
// while a redactor lives.
func (r *Redactor) hides(t string) bool {
	key := sha256.Sum256([]byte(t))
	r.weighed.mu.Lock()
	known, ok := r.weighed.hides[key]
	r.weighed.mu.Unlock()
	if ok {
		return known
	}
	found := r.inside(t, deepest)
	r.weighed.mu.Lock()
	defer r.weighed.mu.Unlock()
	if r.weighed.hides == nil {
		r.weighed.hides = map[[sha256.Size]byte]bool{}
	}
	if len(r.weighed.hides) < mostWeighed {
		r.weighed.hides[key] = found
	}
	return found
}

// unescape64 makes plain base64 of what run64 takes for it.
var unescape64 = strings.NewReplacer("%2b", "+", "%2B", "+", "%2f", "/", "%2F", "/", "%3d", "=", "%3D", "=", "-", "+", "_", "/",
	"\r", "", "\n", "", "&#13;", "", "&#xD;", "")

// inside says whether base64 text holds something to hide. A path may stand
// before it, whose letters are base64's too, so every beginning is tried.
func (r *Redactor) inside(t string, depth int) bool {
	if strings.ContainsAny(t, "%-_\r\n&") {
		t = unescape64.Replace(t)
	}
	for piece := range strings.SplitSeq(t, "=") {
		for part := range parts(piece) {
			for off := 0; off < 4 && off < len(part); off++ {
				if d := part[off:]; r.holds(d[:len(d)/4*4+pad(len(d))], depth) {
					return true
				}
			}
		}
	}
	return false
}

// parts are a text, and what follows each of its slashes.
func parts(s string) func(func(string) bool) {
	return func(yield func(string) bool) {
		if !yield(s) {
			return
		}
		for n := 0; n < 8; n++ {
			_, rest, ok := strings.Cut(s, "/")
			if !ok || !yield(rest) {
				return
			}
			s = rest
		}
	}
}

// pad is how many letters of a last, unfinished group can be decoded.
func pad(n int) int {
	if n%4 == 1 {
		return 0
	}
	return n % 4
}

func (r *Redactor) holds(letters string, depth int) bool {
	raw, err := base64.RawStdEncoding.DecodeString(letters)
	if err != nil || len(raw) < 3 {
		return false
	}
	if readable(raw) {
		return r.text(string(raw), depth)
	}
	for i, open := range []func() (io.Reader, error){
		func() (io.Reader, error) {
			in, ok := r.weighed.inflate.Get().(io.Reader)
			if !ok {
				return flate.NewReader(bytes.NewReader(raw)), nil
			}
			return in, in.(flate.Resetter).Reset(bytes.NewReader(raw), nil) //nolint:forcetypeassert,errcheck // what flate makes
		},
		func() (io.Reader, error) { return zlib.NewReader(bytes.NewReader(raw)) },
	} {
		in, err := open()
		if err != nil {
			continue
		}
		out, _ := io.ReadAll(io.LimitReader(in, mostPacked)) // what can be inflated is looked at
		if _, again := in.(flate.Resetter); again && i == 0 {
			r.weighed.inflate.Put(in) // its window is 40 KB, and most pieces are nothing
		}
		if len(out) > 8 && readable(out) && r.text(string(out), depth) {
			return true
		}
	}
	return false
}

// text says whether decoded text holds something to hide, plainly or packed
// once more.
func (r *Redactor) text(s string, depth int) bool {
	if r.plain(s) != "" || r.twice(s) {
		return true
	}
	if depth <= 1 {
		return false
	}
	for i := 0; i < len(s); {
		n := run64(s, i)
		if n > 0 && r.inside(s[i:i+n], depth-1) {
			return true
		}
		i += max(n, 1)
	}
	return false
}

// readable says whether bytes are text: what is not, holds a name by chance.
func readable(b []byte) bool {
	if !utf8.Valid(b) {
		return false
	}
	for _, c := range string(b) {
		if c != '\n' && c != '\r' && c != '\t' && unicode.IsControl(c) {
			return false
		}
	}
	return true
}
