package oracle

import (
	"net/url"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"example.com/samepage/samlcheck/transcript"
)

const (
	foldedPerson = "{person}"
	foldedOther  = "{other}"
	shortestName = 2 // shorter names would fold half of every word list away
)

var (
	uuidShape = regexp.MustCompile(`(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`)
	longRun   = regexp.MustCompile(`[A-Za-z0-9_-]{20,}`)
	hexRun    = regexp.MustCompile(`\b[0-9a-fA-F]{8,}\b`)
	digits    = regexp.MustCompile(`[0-9]+`)
)

// A folder takes out of a text what belongs to one person or one moment, so
// that two people's pages can be compared.
type folder struct {
	names names
	as    map[string]string

	mu   sync.Mutex
	done map[string]string // texts that were folded before: pages repeat themselves at every login
}

const mostFolded = 1 << 15 // texts that are remembered

// newFolder folds the names of the person with the ref to {person} and those
// of everybody else to {other}. An empty ref is a stranger: all are others.
func newFolder(people []transcript.Person, ref string) *folder {
	f := &folder{as: map[string]string{}, done: map[string]string{}}
	for _, p := range people {
		token := foldedOther
		if samePerson(p.Ref, ref) {
			token = foldedPerson
		}
		for _, n := range namesOf(p) {
			k := strings.ToLower(n)
			if f.as[k] != foldedPerson {
				f.as[k] = token
			}
		}
	}
	f.names = namesIn(f.as)
	return f
}

// neutral folds everybody to {person}: for addresses of pages, which must be
// equal for whoever looks.
func neutral(people []transcript.Person) *folder {
	f := newFolder(people, "")
	for k := range f.as {
		f.as[k] = foldedPerson
	}
	f.names = namesIn(f.as)
	return f
}

// namesOf lists every spelling under which a page may show the person.
func namesOf(p transcript.Person) []string {
	var out []string
	add := func(n string) {
		n = strings.TrimSpace(n)
		if utf8.RuneCountInString(n) >= shortestName {
			out = append(out, n)
			if e := url.QueryEscape(n); e != n {
				out = append(out, e, url.PathEscape(n))
			}
		}
	}
	for _, n := range []string{p.NameID, p.Email, p.Username, p.DisplayName, p.GivenName, p.Surname} {
		add(n)
	}
	if local, _, ok := strings.Cut(p.Email, "@"); ok {
		add(local)
	}
	return out
}

func (f *folder) fold(s string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if out, ok := f.done[s]; ok {
		return out
	}
	out := f.folded(s)
	if len(f.done) < mostFolded {
		f.done[s] = out
	}
	return out
}

// folded asks of each shape first whether it can be there at all: most texts
// are short, and of words.
func (f *folder) folded(s string) string {
	s = f.names.replace(s)
	if len(s) >= 36 && strings.Count(s, "-") >= 4 {
		s = uuidShape.ReplaceAllString(s, "*")
	}
	if len(s) >= 20 {
		s = longRun.ReplaceAllStringFunc(s, func(r string) string {
			if looksRandom(r) {
				return "*"
			}
			return r
		})
	}
	if !strings.ContainsAny(s, "0123456789") {
		return s
	}
	s = hexRun.ReplaceAllStringFunc(s, func(r string) string {
		if strings.ContainsAny(r, "0123456789") {
			return "*"
		}
		return r // a word of the letters a to f
	})
	return digits.ReplaceAllString(s, "0")
}

// bounded says whether s[from:to] is not a part of a longer word.
func bounded(s string, from, to int) bool {
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	return (from == 0 || !inWord(before)) && (to == len(s) || !inWord(after))
}

// looksRandom tells an identifier from a long word, a camel-case name or a
// slug: one of its parts mixes letters with digits, or changes case all the time.
func looksRandom(s string) bool {
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == '_' }) {
		hasDigit := strings.ContainsAny(part, "0123456789")
		hasLetter := strings.IndexFunc(part, unicode.IsLetter) >= 0
		if hasDigit && hasLetter && len(part) >= 4 {
			return true
		}
		changes := 0
		for i := 1; i < len(part); i++ {
			if unicode.IsUpper(rune(part[i])) != unicode.IsUpper(rune(part[i-1])) {
				changes++
			}
		}
		if len(part) >= 8 && float64(changes) > 0.35*float64(len(part)-1) {
			return true
		}
	}
	return false
}
