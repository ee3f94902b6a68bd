package bundle

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"encoding/base64"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// What follows says the same as the fast ways do, slowly and without thinking.

// naivePlain looks for every rule's strings one after the other, in the whole
// text in lower case.
func naivePlain(r *Redactor, text string) bool {
	for _, x := range r.secrets {
		if strings.Contains(text, x.text) {
			return true
		}
	}
	low := lower(text)
	for _, n := range r.forth {
		if n.to == "" {
			continue
		}
		for i := range len(low) {
			if strings.HasPrefix(low[i:], n.from) && n.counts(low, i) && !covered(low, i, n, r.ready.kept) {
				return true
			}
		}
		if slices.ContainsFunc(n.packed, func(b string) bool { return strings.Contains(text, b) }) {
			return true
		}
	}
	return false
}

func naiveReplace(s string, all []needle) string {
	var b strings.Builder
	low := lower(s)
	for i := 0; i < len(s); {
		k := slices.IndexFunc(all, func(n needle) bool { return strings.HasPrefix(low[i:], n.from) && n.counts(low, i) })
		if k < 0 {
			b.WriteByte(s[i])
			i++
			continue
		}
		n := all[k]
		if n.to == "" {
			b.WriteString(s[i : i+len(n.from)])
		} else {
			b.WriteString(cased(n.to, s[i:i+len(n.from)]))
		}
		i += len(n.from)
	}
	return b.String()
}

// naivePacks tries every place of a text.
func naivePacks(s string) (out []span) {
	for i := 0; i < len(s); {
		if i > 0 && kinds[s[i-1]] == letter {
			i++
			continue
		}
		n, letters := extent(s[i:])
		if letters < shortestRun {
			i++
			continue
		}
		out = append(out, span{i, i + n})
		i += n
	}
	return out
}

func naiveDoubled(s string) (out []span) {
	from := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && !strings.ContainsRune(blanks, rune(s[i])) {
			continue
		}
		if w := s[from:i]; strings.Contains(w, "%25") || strings.Contains(w, "&amp;") {
			out = append(out, span{from, i})
		}
		from = i + 1
	}
	return out
}

// naiveHolds decodes and inflates from every beginning on its own.
func naiveHolds(r *Redactor, piece string, depth int) bool {
	parts := []string{piece}
	if n := strings.SplitN(piece, "/", 10); len(n) > 1 {
		for i := range min(len(n)-1, 8) {
			parts = append(parts, strings.Join(n[i+1:], "/"))
		}
	}
	for _, part := range parts {
		for off := 0; off < 4 && off < len(part); off++ {
			d := part[off:]
			raw, err := base64.RawStdEncoding.DecodeString(d[:len(d)/4*4+pad(len(d))])
			if err != nil || len(raw) < 3 {
				continue
			}
			looks := []string{}
			if readable(string(raw)) {
				looks = append(looks, string(raw))
			} else {
				out, _ := io.ReadAll(flate.NewReader(bytes.NewReader(raw)))
				looks = append(looks, string(out))
				if z, err := zlib.NewReader(bytes.NewReader(raw)); err == nil {
					out, _ := io.ReadAll(z)
					looks = append(looks, string(out))
				}
				looks = slices.DeleteFunc(looks, func(s string) bool { return len(s) <= 8 || !readable(s) })
			}
			for _, text := range looks {
				if naivePlain(r, text) || r.twice(text) {
					return true
				}
				for _, p := range naivePacks(text) {
					if depth > 1 && slices.ContainsFunc(strings.Split(unescape64.Replace(text[p.from:p.to]), "="), func(s string) bool { return naiveHolds(r, s, depth-1) }) {
						return true
					}
				}
			}
		}
	}
	return false
}

// mixed is text about a few names and secrets, whole, in pieces, and next to what
// matters.
func mixed() *rapid.Generator[string] {
	part := rapid.SampledFrom([]string{
		"alicia.wonder@corp.example", "Alicia", "WONDER", "Wonde", "r", "awonder77", "sp.corp.example:8443", "corp.example", "corp.", "example", "%40", "\\u0040",
		"é", "Müller", "müller", "ü", "\xc3", "\xff", "K", "İ", " ", "/", ".", "=", "&amp;", "%25", "%2b", "%2B", "%3d", "+", "\n", "\r\n", "&#13;\n", "\"", "<", ">",
		"canary-secret-value", "canary", "x", "A", "1", "AAAAAAAAAAAA", "audience", "test", b64("alicia.wonder@corp.example"), b64("to canary-secret-value or not"),
		b64(deflate("<NameID>alicia.wonder@corp.example</NameID>")), b64(b64("Alicia Wonder")), strings.Repeat("abcd", 17), "MIIC8DCCAdigAwIB/gIQ",
	})
	return rapid.Map(rapid.SliceOfN(part, 0, 12), func(p []string) string { return strings.Join(p, "") })
}

func TestTheFastSearchFindsWhatTheSlowOneFinds(t *testing.T) {
	t.Parallel()
	p := alice
	p.Surname = "Wonder-Müller"
	r := redactor(t, p, "canary-secret-value", "zq")
	rapid.Check(t, func(rt *rapid.T) {
		s := mixed().Draw(rt, "text")
		require.Equal(rt, naivePlain(r, s), r.plain(s) != "")
		require.Equal(rt, naiveReplace(s, r.forth), replace(s, r.ready.forth, func(needle) {}))
		require.Equal(rt, naivePacks(s), slices.AppendSeq([]span(nil), packs(s)))
		require.Equal(rt, naiveDoubled(s), slices.AppendSeq([]span(nil), doubled(s)))
		letters := strings.Map(func(c rune) rune {
			if c < 0x80 && kinds[c] == letter && c != '-' && c != '_' {
				return c
			}
			return -1
		}, s)
		require.Equal(rt, naiveHolds(r, letters, deepest), r.insidePiece(letters, deepest), letters)
	})
}

// What random texts hardly ever are: wrapped as zlib does it, with half a letter
// where the first look ends, and a name that comes free of a letter by a slash.
func TestALongPieceIsLookedIntoWhereverItsTextBegins(t *testing.T) {
	t.Parallel()
	const name, more = "alicia", " is here, and there was much more to be told of it than of anybody else."
	r := redactor(t, alice)
	var wrapped bytes.Buffer
	z := zlib.NewWriter(&wrapped)
	_, err := z.Write([]byte(name + more))
	require.NoError(t, errors.Join(err, z.Close()))
	packed := func(raw string) string { return base64.RawStdEncoding.EncodeToString([]byte(raw)) }
	require.Contains(t, packed("aÿ"), "/", "the text begins anew behind it")
	for what, piece := range map[string]string{
		"zlib": packed(wrapped.String()), "half a letter": packed(strings.Repeat("x", 47) + "é " + name + more), "free of a letter": packed("aÿ" + name + more),
	} {
		require.Greater(t, len(piece), 64, what)
		require.Equal(t, rulePacked, r.Leak(piece), what)
		require.True(t, naiveHolds(r, piece, deepest), what)
	}
	require.Empty(t, r.Leak(packed("aÿ"+"felicia"+more)))
}

// What the look at the head of deflated bytes turns away, holds nothing.
func TestNothingThatInflatesIsTurnedAway(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		raw := rapid.SliceOfN(rapid.Byte(), 1, 40).Draw(rt, "raw")
		if rapid.Bool().Draw(rt, "stored") && len(raw) > 6 {
			raw[0], raw[3], raw[4] = raw[0]&^6, ^raw[1], ^raw[2]
		}
		out, _ := io.ReadAll(flate.NewReader(bytes.NewReader(raw)))
		if len(out) <= 8 {
			out = nil
		}
		require.Equal(rt, string(out), (&memory{}).inflated(string(raw)))
	})
}

// A string that is shorter than what the sieve looks at is found as well, up to
// the last byte.
func TestTheSieveKnowsShortStrings(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		letters := rapid.StringMatching(`[abAB]{0,6}`)
		all := rapid.SliceOfN(rapid.StringMatching(`[ab]{1,4}`), 1, 3).Draw(rt, "all")
		text := letters.Draw(rt, "text")
		s := newSieve(len(all), func(i int) string { return all[i] })
		for i := range len(text) {
			for k, x := range all {
				if !like(text[i:], x) {
					continue
				}
				at, which := s.next(text, i)
				require.Equal(rt, i, at)
				require.Contains(rt, which, k)
			}
		}
	})
}
