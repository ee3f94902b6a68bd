package bundle

import (
	"encoding/base64"
	"encoding/hex"
	"hash/maphash"
	"html"
	"iter"
	"net/url"
	"slices"
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
func (r *Redactor) packed(s string, t *tally) string {
	if !r.off[ruleTwice] {
		s = r.cutPieces(s, ruleTwice, doubled(s), r.twice, t)
	}
	if !r.off[rulePacked] {
		s = r.cutPieces(s, rulePacked, packs(s), r.hides, t)
	}
	return s
}

// leaksPacked is packed for the self-test: which rule a text breaks.
func (r *Redactor) leaksPacked(s string) (rule string) {
	for p := range doubled(s) {
		if r.twice(s[p.from:p.to]) {
			return ruleTwice
		}
	}
	for p := range packs(s) {
		if r.hides(s[p.from:p.to]) {
			return rulePacked
		}
	}
	return ""
}

// cutPieces replaces the pieces that hide something.
func (r *Redactor) cutPieces(s, rule string, pieces iter.Seq[span], hides func(string) bool, t *tally) string {
	var b strings.Builder
	from := 0
	for p := range pieces {
		if piece := s[p.from:p.to]; hides(piece) {
			upTo(&b, s, from, p.from)
			b.WriteString("[cut: " + hex.EncodeToString(mac(r.key, piece)[:4]) + "]")
			from = p.to
			t.add(rule, "", 1)
		}
	}
	return rest(&b, s, from)
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

// memory is what was found out about pieces of base64: certificates stand in
// every message of a run, and every message in several files, and each piece
// need be looked into once.
type memory struct {
	mu    sync.Mutex
	short map[string]verdict // by the piece itself
	long  map[digest]verdict // by its digest
	seeds [2]maphash.Seed
	tools sync.Pool // of *inflater
}

// digest stands for a piece within this process. Nobody else knows the seeds, so
// nobody can make two pieces that have one.
type digest [2]uint64

// verdict is what came of looking into a piece so deep.
type verdict struct {
	depth int
	hides bool
}

// answers says whether the verdict holds for another depth: what hides nothing
// down there hides nothing further up, and the other way round.
func (v verdict) answers(depth int) bool {
	return v.depth > 0 && (v.hides && v.depth <= depth || !v.hides && v.depth >= depth)
}

const (
	mostWeighed  = 1 << 17 // pieces that are remembered
	shortestLong = 64      // bytes of a piece that is kept by its digest
)

func newMemory() *memory {
	return &memory{short: map[string]verdict{}, long: map[digest]verdict{}, seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}}
}

func (m *memory) recall(t string) (v verdict, key digest) {
	if len(t) >= shortestLong {
		key = digest{maphash.String(m.seeds[0], t), maphash.String(m.seeds[1], t)}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(t) < shortestLong {
		return m.short[t], key
	}
	return m.long[key], key
}

func (m *memory) keep(t string, key digest, v verdict) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case len(m.short)+len(m.long) >= mostWeighed:
	case len(t) < shortestLong:
		m.short[strings.Clone(t)] = v // a piece would keep the whole text that it is of
	default:
		m.long[key] = v
	}
}

// hides says whether base64 text holds something to hide.
func (r *Redactor) hides(t string) bool { return r.hidesAt(t, deepest) }

// hidesAt is inside, for each piece once. What is to be hidden does not change
// while a redactor lives.
func (r *Redactor) hidesAt(t string, depth int) bool {
	v, key := r.weighed.recall(t)
	if !v.answers(depth) {
		v = verdict{depth, r.inside(t, depth)}
		r.weighed.keep(t, key, v)
	}
	return v.hides
}

// cleared remembers that a text holds nothing to hide, for where it comes again
// in base64: each message is in flow.har that way.
func (r *Redactor) cleared(text string) {
	piece := base64.StdEncoding.EncodeToString([]byte(text))
	if v, key := r.weighed.recall(piece); !v.answers(deepest) {
		r.weighed.keep(piece, key, verdict{deepest, false})
	}
}

// unescape64 makes plain base64 of what packs takes for it.
var unescape64 = strings.NewReplacer("%2b", "+", "%2B", "+", "%2f", "/", "%2F", "/", "%3d", "=", "%3D", "=", "-", "+", "_", "/",
	"\r", "", "\n", "", "&#13;", "", "&#xD;", "")

// inside says whether base64 text holds something to hide. A path may stand
// before it, whose letters are base64's too, so every beginning is tried.
func (r *Redactor) inside(t string, depth int) bool {
	if strings.ContainsAny(t, "%-_\r\n&") {
		t = unescape64.Replace(t)
	}
	for piece := range strings.SplitSeq(t, "=") {
		if r.insidePiece(piece, depth) {
			return true
		}
	}
	return false
}

// insidePiece decodes a piece without fillings four times at most: what begins
// four letters later is the same text without its first three bytes. Of a text
// that was looked at only the new beginning is, where a name may come free of
// what it was glued to.
func (r *Redactor) insidePiece(piece string, depth int) bool {
	var decoded [4]string
	var looked [4]bool
	for _, at := range beginnings(piece) {
		if !promising(piece[at:]) {
			continue
		}
		n := at % 4
		if decoded[n] == "" {
			decoded[n] = decoded64(piece[n:])
		}
		raw := decoded[n][min(at/4*3, len(decoded[n])):]
		switch {
		case len(raw) < 3:
		case looked[n]:
			if r.plain(raw[:min(len(raw), r.ready.sieve.most+sideways)]) != "" {
				return true
			}
		case readable(raw):
			if looked[n] = true; r.text(raw, depth) {
				return true
			}
		case r.inflates(raw, depth):
			return true
		}
	}
	return false
}

// decoded64 is what letters of base64 without fillings stand for.
func decoded64(letters string) string {
	raw, _ := base64.RawStdEncoding.DecodeString(letters[:len(letters)/4*4+pad(len(letters))]) // as far as it can be
	return string(raw)
}

// promising says whether letters of base64 may decode to text, or to what can be
// inflated: of three beginnings in four, the first bytes say that they do not.
func promising(letters string) bool {
	const enough = 64
	if len(letters) <= enough {
		return true
	}
	raw := decoded64(letters[:enough])
	for n := 1; n < utf8.UTFMax; n++ { // the end may be that of half a letter
		if last := raw[len(raw)-n:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRuneInString(last) {
				raw = raw[:len(raw)-n]
			}
			break
		}
	}
	return readable(raw) || deflatable(raw) || deflatable(unwrapped(raw))
}

// beginnings are where base64 may begin in a piece: at its first four letters,
// and at the four that follow on each of the first slashes.
func beginnings(s string) []int {
	var out []int
	begin := 0
	for n := 0; n <= 8; n++ {
		for at := begin; at < begin+4 && at < len(s); at++ {
			if !slices.Contains(out, at) {
				out = append(out, at)
			}
		}
		i := strings.IndexByte(s[begin:], '/')
		if i < 0 {
			break
		}
		begin += i + 1
	}
	return out
}

// pad is how many letters of a last, unfinished group can be decoded.
func pad(n int) int {
	if n%4 == 1 {
		return 0
	}
	return n % 4
}

// inflates says whether decoded bytes hold something to hide once they are
// inflated.
func (r *Redactor) inflates(raw string, depth int) bool {
	for _, deflated := range []string{raw, unwrapped(raw)} {
		if out := r.weighed.inflated(deflated); out != "" && readable(out) && r.text(out, depth) {
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
	for p := range packs(s) {
		if r.hidesAt(s[p.from:p.to], depth-1) {
			return true
		}
	}
	return false
}

// readable says whether bytes are text: what is not, holds a name by chance.
func readable(b string) bool {
	for i := 0; i < len(b); {
		if c := b[i]; c < utf8.RuneSelf {
			if c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7f {
				return false
			}
			i++
			continue
		}
		c, n := utf8.DecodeRuneInString(b[i:])
		if n == 1 || unicode.IsControl(c) {
			return false
		}
		i += n
	}
	return true
}
