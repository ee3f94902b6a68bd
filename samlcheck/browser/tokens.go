package browser

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
)

// shortest is the length from which a random-looking value is a token. Shorter
// ones are as often a code, a date or a name.
const shortest = 20

// A value is random-looking when neighbouring characters change their class
// (lower, upper, digit) this often. Words in camelCase reach 0.3, words with a
// year 0.15; random base64url has 0.62, base36 0.40.
const (
	changesOfDigits  = 0.20 // with at least three changes between letters and digits
	changesOfLetters = 0.38
	fewestDistinct   = 6 // "00000000000000000000" is no secret
)

var (
	jwt    = regexp.MustCompile(jwtBegins + `[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){1,4}`)
	uuid   = regexp.MustCompile(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)
	digest = regexp.MustCompile(`~[0-9a-f]{12}`)
)

// jwtBegins is how every JWT begins: {" in base64. Nearly no text holds it, and
// looking for it costs next to nothing beside the expression.
const jwtBegins = "eyJ"

func isJWT(s string) bool { return strings.HasPrefix(s, jwtBegins) && jwt.FindString(s) == s }

func isUUID(s string) bool { return len(s) == 36 && uuid.MatchString(s) }

// inRun are the characters of base64, base64url and hex.
func inRun(c byte) bool {
	return class(c) != 0 || c == '_' || c == '+' || c == '/' || c == '=' || c == '-'
}

// nextRun finds the next run of those characters that is long enough for a token.
// It is looked for in every line of every page, so it is no expression.
func nextRun(s string, from int) (begin, end int, ok bool) {
	for i := from; i < len(s); i++ {
		if !inRun(s[i]) {
			continue
		}
		begin = i
		for i < len(s) && inRun(s[i]) {
			i++
		}
		if i-begin >= shortest {
			return begin, i, true
		}
	}
	return 0, 0, false
}

func isRun(s string) bool {
	begin, end, ok := nextRun(s, 0)
	return ok && begin == 0 && end == len(s)
}

// Digest stands for a secret in the record: the first 12 hex digits of its
// SHA-256. Equal values have equal digests; the value cannot be had back.
func Digest(value string) string {
	sum := sha256.Sum256([]byte(value))
	return hex.EncodeToString(sum[:])[:12]
}

// TokenLike says whether a whole value looks like a bearer token, a session id
// or another random secret: a JWT, a UUID, or 20 and more characters of base64,
// base64url or hex that do not look like words. It can only guess: a random
// document id is a token to it, a secret made of words is none.
func TokenLike(s string) bool {
	if len(s) < shortest || strings.Contains(s, "://") {
		return false
	}
	if s[0] == '/' && !strings.ContainsAny(s, "+=") {
		return false // a path; base64 may begin with a slash, too
	}
	if isJWT(s) || isUUID(s) {
		return true
	}
	pieces := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(".~:|$!*", r) })
	found := false
	for _, p := range pieces {
		if isRun(p) && random(p) {
			found = true
		} else if strings.Trim(p, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+/=-") != "" {
			return false // a sentence, an address
		}
	}
	return found
}

// cut replaces what looks like a token inside a text by "~" and its digest.
// ids says that UUIDs count; in a page's text they are kept, because "error id
// ..." is what the vendor's support asks for.
func cut(s string, ids bool) string {
	if len(s) < shortest {
		return s
	}
	if strings.Contains(s, jwtBegins) {
		s = jwt.ReplaceAllStringFunc(s, func(t string) string {
			if len(t) < shortest {
				return t
			}
			return "~" + Digest(t)
		})
	}
	var b strings.Builder
	from := 0
	for begin, end, ok := nextRun(s, 0); ok; begin, end, ok = nextRun(s, end) {
		if mailbox(s, begin, end) {
			continue
		}
		b.WriteString(s[from:begin])
		b.WriteString(cutRun(s[begin:end], ids))
		from = end
	}
	return b.String() + s[from:]
}

// mailbox says whether s[i:j] is what stands before the @ of an e-mail address:
// that names somebody, however it looks, and the oracle has to know whom. What
// stands before the @ of a URL is a password.
func mailbox(s string, i, j int) bool {
	at := strings.HasPrefix(s[j:], "@") || strings.HasPrefix(s[j:], "%40")
	return at && (i == 0 || !strings.ContainsRune("/:", rune(s[i-1]))) && !strings.Contains(s[i:j], "/")
}

func cutRun(t string, ids bool) string {
	if !ids && isUUID(t) {
		return t
	}
	if random(t) {
		return "~" + Digest(t)
	}
	pieces := strings.Split(t, "/")
	for i, p := range pieces {
		if random(p) && (ids || !isUUID(p)) {
			pieces[i] = "~" + Digest(p)
		}
	}
	return strings.Join(pieces, "/")
}

// random says whether a run of characters looks drawn by lot.
func random(s string) bool {
	if len(s) < shortest {
		return false
	}
	c := count(s)
	if c.distinct < fewestDistinct || c.letters+c.digits < shortest-4 {
		return false
	}
	if !c.beyondHex && c.digits > 0 && (c.letters > 0 || c.digits >= shortest) {
		return true
	}
	if c.pairs == 0 {
		return false
	}
	share := float64(c.changes) / float64(c.pairs)
	return share >= changesOfLetters || c.alternations >= 3 && share >= changesOfDigits
}

// counts is what random looks at. Separators are left out, and neighbours are
// neighbours only within a piece that has none.
type counts struct {
	letters, digits, distinct    int
	pairs, changes, alternations int // alternations: changes between letters and digits
	beyondHex                    bool
}

func count(s string) counts {
	var c counts
	var seen [256]bool
	prev := byte(0)
	for i := range len(s) {
		b := s[i]
		k := class(b)
		if !seen[b] && k != 0 {
			seen[b] = true
			c.distinct++
		}
		switch k {
		case 'd':
			c.digits++
		case 'l', 'u':
			c.letters++
			c.beyondHex = c.beyondHex || b|0x20 > 'f'
		}
		if k != 0 && prev != 0 {
			c.pairs++
			if k != prev {
				c.changes++
				if k == 'd' || prev == 'd' {
					c.alternations++
				}
			}
		}
		prev = k
	}
	return c
}

func class(b byte) byte {
	switch {
	case b >= '0' && b <= '9':
		return 'd'
	case b >= 'a' && b <= 'z':
		return 'l'
	case b >= 'A' && b <= 'Z':
		return 'u'
	}
	return 0
}
